/** Result files of test runners: how many tests ran, and which, whatever the format. The file is evidence, not a verdict. */
import { readCargoText } from './cargoText';
import { readCtrf } from './ctrf';
import { readGoStream } from './goStream';
import { readGoText } from './goText';
import { readJest } from './jestJson';
import { junitOf } from './junit';
import { readMocha } from './mochaJson';
import { readRspec } from './rspecJson';
import { REPORT_LIMITS, type Reading } from './tally';
import { readTap } from './tap';
import { trxOf } from './trx';
import { has, parseXml } from './xml';

export { REPORT_LIMITS, type Reading, type TestCase, type TestReport } from './tally';

/** Reads a report, its format known by its content. Never throws: what cannot be read is told in `why`. */
export function readTestReport(text: string): Reading {
  if (text.length > REPORT_LIMITS.bytes) return { why: `larger than ${REPORT_LIMITS.bytes / 1024 / 1024} MiB` };
  const content = text.replace(/^\ufeff/, '').trimStart();
  if (content === '') return { why: 'empty' };
  if (content.startsWith('<')) return readXml(content);
  if (content.startsWith('{')) return readJson(content);
  if (/^(TAP version |\d+\.\.\d+|(not )?ok\b(?! {2}\t)|Bail out!|#)/.test(content)) return readTap(content);
  const output = [readCargoText, readGoText].map((read) => read(content)).find((reading) => 'report' in reading);
  return output ?? { why: 'neither JUnit XML nor another format of reports that is known' };
}

/** Reads what a runner printed that has no other way to tell. Never throws. */
export function readTestOutput(text: string, format: 'go' | 'cargo'): Reading {
  if (text.length > REPORT_LIMITS.bytes) return { why: `larger than ${REPORT_LIMITS.bytes / 1024 / 1024} MiB` };
  if (format === 'cargo') return readCargoText(text);
  return GO_STREAM.test(text.slice(0, OUTPUT_START)) ? readGoStream(text) : readGoText(text);
}

/** Characters of an output in which its format must show. */
const OUTPUT_START = 1024 * 1024;
const GO_STREAM = /^\{"(?:Time|ImportPath|Action)":/m;

function readXml(text: string): Reading {
  const xml = parseXml(text);
  if ('why' in xml) return xml;
  return has(xml.root, 'TestRun') ? trxOf(xml.root) : junitOf(xml.root);
}

/** Each format by a key that the others do not have. */
function readJson(text: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return GO_STREAM.test(text.slice(0, 100)) ? readGoStream(text) : { why: 'not well-formed JSON' };
  }
  const keys = new Set(typeof json === 'object' && json !== null ? Object.keys(json) : []);
  if (keys.has('testResults')) return readJest(json);
  if (keys.has('stats') && keys.has('passes')) return readMocha(json);
  if (keys.has('examples')) return readRspec(json);
  return keys.has('Action') ? readGoStream(text) : readCtrf(json);
}
