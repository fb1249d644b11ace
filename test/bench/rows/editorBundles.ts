/** Rows about what the editor loads: sizes of bundles and package, what loading costs, and what a long list costs to compose. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageExtension } from '../../../.ci/package';
import { type Finding, findingSchema } from '../../../src/core/drift/report';
import type { FileChange } from '../../../src/host/rpc/reading';
import { filesOf, rankedChanges } from '../../../src/vscode/review/page/files';
import type { Ground } from '../ground';
import { median, type Row, time } from '../measure';

const KB = 1024;
const ENTRY = resolve('dist/extension.js');

/** Sizes as they are shipped. */
export async function editorSizes(ground: Ground): Promise<Row[]> {
  const pages = readdirSync('dist/webview').filter((name) => name.endsWith('.js'));
  const late = readdirSync('dist/late').map((name) => `${name} ${kilobytes(join('dist/late', name))}`);
  return [
    sizeRow('extension: entry bundle', ENTRY, 60, `loaded later: ${late.join(', ')}`),
    ...pages.map((name) => sizeRow(`webview: ${name}`, join('dist/webview', name), 120, '')),
    {
      what: 'package (VSIX)',
      value: `${(packageExtension(ground.fresh('package.vsix')) / KB / KB).toFixed(2)} MB`,
      budget: '<= 1.5 MB',
      detail: '',
    },
  ];
}

function kilobytes(file: string): string {
  return `${(statSync(file).size / KB).toFixed(1)} KB`;
}

function sizeRow(what: string, file: string, most: number, detail: string): Row {
  return { what, value: kilobytes(file), budget: `<= ${most} KB`, detail };
}

/** Whatever is asked of it is something that can be called, made, extended and read on. */
const STUB = `
const Module = require('node:module');
const anything = new Proxy(function () {}, {
  get: (target, name) => (name === 'prototype' ? target.prototype : name === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => ({}),
  // The bundle copies what a module has itself, and inherits the rest.
  getPrototypeOf: () => anything,
});
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const start = performance.now();
require(process.argv[1]);
process.stdout.write(String(performance.now() - start));
`;

/** What a fresh Node takes to load the entry bundle, over what it takes for a module with nothing in it. */
export async function editorLoad(ground: Ground, rounds: number): Promise<Row> {
  const empty = ground.fresh('empty.js');
  writeFileSync(empty, 'exports.activate = () => undefined;\n');
  const load = (file: string) => Number(execFileSync(process.execPath, ['-e', STUB, file], { encoding: 'utf8' }));
  const pairs = Array.from({ length: 2 * rounds }, () => ({ ours: load(ENTRY), theirs: load(empty) }));
  const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))];
  return {
    what: 'extension: load over an empty module, in a fresh Node',
    value: `${(ours - theirs).toFixed(1)} ms`,
    budget: '<= 12 ms',
    detail: `${ours.toFixed(1)} ms to ${theirs.toFixed(1)} ms`,
  };
}

const LISTED = 10_000;

/** The list of files of a review, from what the host answered to what the page gets. Pure: it asks nobody. */
export async function editorList(rounds: number): Promise<Row> {
  const changes = Array.from({ length: LISTED }, (_, index) => changeAt(index));
  const findings = changes.filter((_, index) => index % 5 === 0).map(({ path }) => findingAt(path));
  const words = (text: string, ...values: unknown[]) =>
    text.replace(/\{(\d+)\}/g, (_, place) => `${values[Number(place)]}`);
  const compose = () => JSON.stringify(filesOf(rankedChanges({ changes, omitted: 0 }, findings), words));
  const copy = () => JSON.parse(JSON.stringify(changes)) as unknown;
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) pairs.push({ ours: await time(compose), theirs: await time(copy) });
  const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))];
  return {
    what: `review: list of ${LISTED} files composed, no git`,
    value: `${ours.toFixed(0)} ms`,
    budget: '<= 50 ms',
    detail: `with ${findings.length} findings; the same changes as JSON and back: ${theirs.toFixed(0)} ms`,
  };
}

function changeAt(index: number): FileChange {
  const path = `src/f${Math.floor(index / 100)}/file${index}.js`;
  const modes = { oldMode: '100644', newMode: '100644' };
  const oids = { oldOid: 'a'.repeat(40), newOid: 'b'.repeat(40) };
  return { status: 'M', path, oldPath: null, ...modes, ...oids, insertions: index % 400, deletions: index % 30 };
}

function findingAt(path: string): Finding {
  const message = `${path} is not in the scope`;
  return findingSchema.parse({
    id: path,
    rule: 'scope/outside',
    severity: 'warn',
    path,
    line: null,
    message,
    evidence: path,
    boundary: null,
  });
}
