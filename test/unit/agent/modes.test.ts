import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseMode, type OfferedModes, offeredModesSchema } from '../../../src/node/agents/acpModes';
import { sessionSchema } from '../../../src/node/agents/acpSchemas';
import { PROFILES } from '../../../src/node/agents/profiles';

const choose = (answer: unknown, ...wanted: string[]) => chooseMode(offeredModesSchema.parse(answer), wanted);
const option = (currentValue: string, options: unknown[], category = 'mode') => ({
  configOptions: [
    { id: 'model', category: 'model', type: 'select', currentValue: 'plan', options: [{ value: 'plan', name: 'x' }] },
    { id: 'style', name: 'Style', category, type: 'select', currentValue, options },
  ],
});
const values = ['build', 'plan'].map((value) => ({ value, name: value }));

describe('the modes that a session offers', () => {
  const modes = {
    modes: {
      currentModeId: 'build',
      availableModes: [
        { id: 'build', name: 'B' },
        { id: 'plan', name: 'P' },
      ],
    },
  };

  it('are modes, or values of an option, flat or in groups', () => {
    assert.deepEqual(choose(modes, 'plan'), { mode: 'plan', set: { by: 'mode' } });
    const byOption = { mode: 'plan', set: { by: 'option', option: 'style' } };
    assert.deepEqual(choose(option('build', values), 'plan'), byOption);
    assert.deepEqual(choose(option('build', [{ group: 'g', name: 'G', options: values }]), 'plan'), byOption);
    // The option is the newer way, and what both say is the same.
    assert.deepEqual(choose({ ...modes, ...option('build', values) }, 'plan'), byOption);
  });

  it('are taken in the order in which they are wanted', () => {
    assert.equal(choose(modes, 'ask', 'plan', 'build')?.mode, 'plan');
    assert.equal(choose(modes, 'build', 'plan')?.mode, 'build');
  });

  it('are not set again', () => {
    assert.deepEqual(choose({ modes: { ...modes.modes, currentModeId: 'plan' } }, 'plan'), { mode: 'plan', set: null });
    assert.deepEqual(choose(option('plan', values), 'plan'), { mode: 'plan', set: null });
  });

  it('are none where none is wanted, or offered, or meant', () => {
    assert.equal(choose(modes), null);
    assert.equal(choose(modes, 'ask'), null);
    assert.equal(choose({}, 'plan'), null);
    assert.equal(choose(option('build', values, 'thought_level'), 'plan'), null);
  });

  it('may be anything at all: the session begins', () => {
    const anything = fc.record({ modes: fc.anything(), configOptions: fc.anything() }, { requiredKeys: [] });
    fc.assert(
      fc.property(anything, (answer) => {
        const offered: OfferedModes = sessionSchema.parse({ ...answer, sessionId: 's' });
        chooseMode(offered, ['plan']);
      }),
    );
    const many = Array.from({ length: 1_000 }, (_, index) => ({ id: `m${index}` }));
    assert.equal(choose({ modes: { currentModeId: 'm1', availableModes: [...many, { id: 'plan' }] } }, 'plan'), null);
  });

  it('are known of the agents that have one that only reads', () => {
    const known = PROFILES.filter(({ reading }) => reading.modes.length > 0).map(({ id, reading }) => [
      id,
      reading.modes.join(),
    ]);
    assert.deepEqual(Object.fromEntries(known), {
      claude: 'plan',
      codex: 'read-only',
      gemini: 'plan',
      cursor: 'ask,plan',
      opencode: 'plan',
      qwen: 'plan',
      kilo: 'ask,plan',
    });
  });
});
