import assert from 'node:assert/strict';
import { Output } from '../../../src/cli/output';
import { formatElapsed, Progress, type ProgressClock } from '../../../src/cli/progress';
import { MemorySink } from './sinks';

class ScriptedClock implements ProgressClock {
  time = 0;
  ticks: (() => void)[] = [];
  now = () => this.time;
  every = (_milliseconds: number, tick: () => void) => {
    this.ticks.push(tick);
    return () => {
      this.ticks = this.ticks.filter((other) => other !== tick);
    };
  };
  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const tick of this.ticks) tick();
  }
}

function make({ isTTY = true, columns = 80, env = {} as NodeJS.ProcessEnv } = {}) {
  const stderr = new MemorySink({ isTTY, columns });
  const stdout = new MemorySink({ isTTY });
  const clock = new ScriptedClock();
  const progress = new Progress(new Output({ stdout, stderr, json: false, env }), 'preparing', clock);
  return { stdout, stderr, clock, progress };
}

/** The line as it stands on the screen: what follows the last erasure. */
const shown = (sink: MemorySink) => sink.text.split('\r\u001b[2K').at(-1) ?? '';

describe('progress', () => {
  it('shows stage, elapsed time and a warning in one line on stderr', () => {
    const { stdout, stderr, clock, progress } = make();
    clock.advance(65_000);
    progress.stage('agent works');
    progress.warn('drift: src/config.ts');
    assert.match(shown(stderr), /^\S agent works {2}1m05s {2}! drift: src\/config\.ts$/);
    assert.equal(stdout.text, '');
    progress[Symbol.dispose]();
    assert.equal(shown(stderr), '');
    assert.equal(clock.ticks.length, 0);
  });

  it('turns while time goes by', () => {
    const { stderr, clock } = make();
    const before = shown(stderr);
    clock.advance(120);
    assert.notEqual(shown(stderr), before);
  });

  it('never wraps and never breaks out of its line', () => {
    const { stderr, progress } = make({ columns: 30 });
    progress.stage(`x\n\u001b[2J${'y'.repeat(200)}`);
    assert.equal([...shown(stderr)].length, 29);
    assert.ok(!shown(stderr).includes('\n') && !shown(stderr).includes('\u001b'));
  });

  it('steps aside while something else is asked', () => {
    const { stderr, clock, progress } = make();
    progress.pause();
    const before = stderr.text;
    clock.advance(500);
    progress.stage('later');
    assert.equal(stderr.text, before);
    progress.resume();
    assert.match(shown(stderr), /later/);
  });

  it('is silent where there is no terminal', () => {
    for (const options of [{ isTTY: false }, { env: { TERM: 'dumb' } }]) {
      const { stderr, clock, progress } = make(options);
      progress.stage('agent works');
      clock.advance(1_000);
      progress[Symbol.dispose]();
      assert.equal(stderr.text, '');
    }
  });

  it('formats elapsed time as a person reads it', () => {
    assert.deepEqual([0, 999, 59_999, 60_000, 3_599_000, 7_380_000].map(formatElapsed), [
      '0s',
      '0s',
      '59s',
      '1m00s',
      '59m59s',
      '2h03m',
    ]);
  });
});
