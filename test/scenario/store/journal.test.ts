import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import type { TaskEvent } from '../../../src/core/events';
import type { Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import { firstLine, Journal, readJournal } from '../../../src/node/store/journal';
import { AT, createdEvent, WAYS, walk } from '../../unit/task/events';
import { program, run, temporaryFolder } from './places';

const refuses = (code: ErrorCode, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CountersignError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

describe('journal', () => {
  const folder = temporaryFolder();
  let count = 0;
  const newFile = () => folder.make(`journal-${count++}`);

  /** Writes events as the store does; returns the file. */
  async function written(events: readonly TaskEvent[]): Promise<string> {
    const file = newFile();
    await writeFile(file, firstLine(events[0]!, AT));
    const { journal } = await Journal.open(file);
    for (const event of events.slice(1)) await journal.append(event, AT);
    return file;
  }

  it('holds one line an event, numbered, and folds to the task', async () => {
    const { events, task } = walk(WAYS.delivered);
    const file = await written(events);
    const lines = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], { v: 1, seq: 1, at: AT, ...createdEvent });
    assert.deepEqual(
      lines.map(({ seq }) => seq),
      events.map((_, n) => n + 1),
    );
    assert.deepEqual((await Journal.open(file)).task, task);
  });

  it('folds to a prefix wherever it is cut, is whole again after opening, and goes on', async () => {
    const { events } = walk(WAYS.correcting);
    const bytes = await readFile(await written(events));
    const prefixes = new Set<string>(['null']);
    for (let n = 1, task: Task | null = null; n <= events.length; n++) {
      task = transition(task, events[n - 1]!, AT);
      prefixes.add(JSON.stringify(task));
    }
    const file = newFile();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        await writeFile(file, bytes.subarray(0, cut));
        const good = bytes.subarray(0, cut).lastIndexOf(0x0a) + 1;
        const { journal, task, dropped } = await Journal.open(file);
        assert.ok(prefixes.has(JSON.stringify(task)));
        assert.equal(dropped, cut - good);
        assert.deepEqual(await readFile(file), bytes.subarray(0, good));
        const next = bytes.subarray(0, good).toString().split('\n').length - 1;
        if (next < events.length) {
          await journal.append(events[next]!, AT);
          assert.deepEqual(await readFile(file), bytes.subarray(0, bytes.indexOf(0x0a, good) + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names file and line of anything else that is wrong, and leaves the file as it is', async () => {
    const lines = (await readFile(await written(walk(WAYS.ready).events), 'utf8')).trimEnd().split('\n');
    const line = (n: number, change: object) => JSON.stringify({ ...JSON.parse(lines[n]!), ...change });
    const damages: [string, string[], RegExp][] = [
      ['no JSON', lines.with(2, '{"v":1,'), /:3: the line is not JSON/],
      ['an empty line', lines.toSpliced(2, 0, ''), /:3: the line is not JSON/],
      ['zeros', lines.with(2, '\0\0\0\0'), /:3: the line is not JSON/],
      ['no UTF-8', lines.with(2, '\ufffe'), /:3:/],
      ['a missing line', lines.toSpliced(2, 1), /:3: expected event 3, found event 4/],
      ['a repeated line', lines.toSpliced(2, 0, lines[1]!), /:3: expected event 3, found event 2/],
      ['an unknown type', lines.with(2, line(2, { type: 'teleported' })), /:3: type/],
      ['an unknown version', lines.with(2, line(2, { v: 2 })), /:3: v/],
      ['a wrong field', lines.with(3, line(3, { seconds: 'long' })), /:4: seconds/],
      ['an impossible order', lines.with(2, line(2, { type: 'restored' })), /:3: task \S+ is queued, and "restored"/],
    ];
    for (const [name, damaged, message] of damages) {
      const file = newFile();
      // A torn line at the end must not be mended either while the rest is wrong.
      const text = `${damaged.join('\n')}\n{"torn`;
      await writeFile(file, text);
      await assert.rejects(Journal.open(file), refuses('JOURNAL_CORRUPT', message), name);
      await assert.rejects(readJournal(file), refuses('JOURNAL_CORRUPT', new RegExp(file)), name);
      assert.equal(await readFile(file, 'utf8'), text, name);
    }
  });

  it('writes nothing that it could not read again', async () => {
    const file = await written(walk(WAYS.running).events);
    const before = await readFile(file);
    const { journal } = await Journal.open(file);
    const event = { type: 'drifting', verdict: 'clean', files: 1.5, paths: [] } as TaskEvent;
    await assert.rejects(journal.append(event, AT), refuses('INTERNAL', /drifting.*files/));
    assert.deepEqual(await readFile(file), before);
  });

  it('keeps the order of appends that are asked for at once', async () => {
    const file = await written(walk(WAYS.running).events);
    const { journal } = await Journal.open(file);
    const many = Array.from(
      { length: 50 },
      (_, files): TaskEvent => ({ type: 'drifting', verdict: 'clean', files, paths: [] }),
    );
    await Promise.all(many.map((event) => journal.append(event, AT)));
    const { lines } = await readJournal(file);
    assert.deepEqual(
      lines.slice(-50).map((line) => line.type === 'drifting' && line.files),
      many.map((_, n) => n),
    );
  });

  it('notices when the file became shorter behind its back', async () => {
    const file = await written(walk(WAYS.running).events);
    const { journal } = await Journal.open(file);
    await writeFile(file, '');
    await assert.rejects(
      journal.append({ type: 'interrupted', stage: 'running', cause: 'stopped' }, AT),
      refuses('JOURNAL_CORRUPT', /shorter/),
    );
    assert.equal(await readFile(file, 'utf8'), '');
  });

  it('keeps everything that was acknowledged when its process is killed in the middle of appends', async function () {
    this.timeout(60_000);
    const events = walk(WAYS.running).events;
    const appender = await program(
      `import { Journal } from '../../../src/node/store/journal';
       async function main() {
         const { journal } = await Journal.open(process.argv[2]);
         const text = 'x'.repeat(100_000);
         for (let files = 1; ; files++) {
           await journal.append({ type: 'asked', request: String(files), what: text.slice(0, 4_000), boundary: text }, '${AT}');
           process.stdout.write(files + '\\n');
         }
       }
       main();`,
      folder.make('appender.cjs'),
    );
    for (let round = 0; round < 6; round++) {
      const file = await written(events);
      const { child, ended } = run(appender, [file]);
      await new Promise<void>((resolve) => {
        let heard = 0;
        child.stdout?.on('data', () => {
          heard += 1;
          if (heard === 1 + round) resolve();
        });
      });
      child.kill('SIGKILL');
      const { output } = await ended;
      const acknowledged = output.slice(0, output.lastIndexOf('\n')).split('\n').length;
      const { task } = await Journal.open(file);
      assert.ok(Number(task?.asking?.request) >= acknowledged);
      assert.equal((await readJournal(file)).torn, 0);
    }
  });

  it('takes back what did not fit on the disk, and goes on when there is room again', async function () {
    if (process.platform === 'win32') this.skip();
    const writer = await program(
      `import { writeFileSync } from 'node:fs';
       import { Journal } from '../../../src/node/store/journal';
       async function main() {
         const { journal } = await Journal.open(process.argv[2]);
         const long = { type: 'asked', request: 'r', what: 'w', boundary: 'b'.repeat(8_000) };
         for (;;) {
           try { await journal.append(long, '${AT}'); }
           catch (error) { process.stdout.write(error.code + ': ' + error.message + '\\n'); break; }
         }
         await journal.append({ ...long, boundary: 'it fits' }, '${AT}');
       }
       main();`,
      folder.make('writer.cjs'),
    );
    const file = await written(walk(WAYS.running).events);
    // The shell's limit on the size of files stands for a full disk: the last write is a short one.
    const limited = folder.make('limited.cjs');
    await writeFile(
      limited,
      `const { spawnSync } = require('node:child_process');
       const { status, stdout, stderr } = spawnSync('/bin/bash', ['-c', 'ulimit -f 64; trap "" XFSZ; exec "$@"', 'bash', process.execPath, ...process.argv.slice(2)]);
       process.stdout.write(stdout); process.stdout.write(stderr); process.exit(status ?? 1);`,
    );
    const { code, output } = await run(limited, [writer, file]).ended;
    assert.equal(code, 0, output);
    assert.match(output, /^STORAGE_FAILED: .*could not be appended to: (only \d+ of \d+ bytes fitted|EFBIG)/);
    const { task, dropped } = await Journal.open(file);
    assert.equal(dropped, 0);
    assert.equal(task?.asking?.boundary, 'it fits');
  });
});
