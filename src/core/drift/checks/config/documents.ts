/** Configuration files of every format, read into values. */
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { parseJsonc, parseYaml, Unreadable } from '../../dependencies/document';
import { parseToml } from '../../dependencies/toml';
import { readIni } from '../ini';
import { EMPTY, MAX_DEPTH, toValue, type Value } from '../value';
import { type Program, readProgram } from './literals';
import { readSettingLines } from './settingLines';

export type Format = 'json' | 'yaml' | 'toml' | 'ini' | 'xml' | 'neon' | 'code' | 'lines' | 'list';

/** Reads a text. Only programs have a `rest`. Throws Unreadable, or RangeError where a parser runs out of stack. */
export async function readDocument(format: Format, text: string, path: string): Promise<Program> {
  if (format === 'code') return readProgram(text, path);
  return { value: text.trim() === '' ? EMPTY : readData(format, text), rest: '' };
}

function readData(format: Exclude<Format, 'code'>, text: string): Value {
  switch (format) {
    case 'json':
      return toValue(parseJsonc(text, z.unknown()));
    case 'yaml':
      return toValue(parseYaml(withoutTags(text), z.unknown()));
    case 'toml':
      return toValue(parseToml(text, z.unknown()));
    case 'ini':
      return readIni(text);
    case 'xml':
      return readXml(text);
    case 'neon':
      return toValue(parseYaml(neonAsYaml(text), z.unknown()));
    case 'lines':
      return readSettingLines(text);
    case 'list':
      return new Map([['ignorePatterns', patternsOf(text)]]);
  }
}

/** Lines of an ignore file. */
function patternsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Tags of a tool's own (`!reference`, `!Ref`) say nothing here. */
function withoutTags(text: string): string {
  return text.replace(/(^|[\s[,])!!?[A-Za-z][\w./:]*(?=\s)/gm, '$1');
}

/** NEON is close to YAML, but indents with tabs, too (Nette docs, "NEON"). */
function neonAsYaml(text: string): string {
  return text.replace(/^\t+/gm, (tabs) => '    '.repeat(tabs.length));
}

/** Elements that may come once or often: always lists, so that a second one changes no key. */
const REPEATED = new Set([
  ...[
    'plugin',
    'profile',
    'execution',
    'rule',
    'limit',
    'exclude',
    'include',
    'directory',
    'file',
    'testsuite',
    'module',
  ],
  ...['property', 'suppress', 'group', 'env', 'ini', 'arg'],
]);

const XML = new XMLParser({
  isArray: (name) => REPEATED.has(name),
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
});

function readXml(text: string): Value {
  let data: unknown;
  try {
    data = XML.parse(text, true);
  } catch {
    throw new Unreadable('it is not XML');
  }
  return toValue(data);
}
