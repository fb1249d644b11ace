/**
 * The modes that a session offers, and which of them is set. An agent offers modes, or a configuration option of the
 * category `mode`, or both for the same (Agent Client Protocol, Session Modes and Session Config Options).
 */
import * as z from 'zod';

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const id = z.string().min(1).max(1_000);
const MOST_OFFERED = 200;

const valueSchema = z.object({ value: id });
const optionSchema = z.object({
  id,
  category: lenient(z.string().max(100)),
  currentValue: lenient(id),
  /** Values, or groups of values. */
  options: lenient(
    z.array(z.union([valueSchema, z.object({ options: z.array(valueSchema).max(MOST_OFFERED) })])).max(MOST_OFFERED),
  ),
});

/** What the answer to `session/new` says of modes; what is not as it should be counts as absent. */
export const offeredModesSchema = z.object({
  modes: lenient(z.object({ currentModeId: lenient(id), availableModes: z.array(z.object({ id })).max(MOST_OFFERED) })),
  configOptions: lenient(z.array(optionSchema.nullable().catch(null)).max(MOST_OFFERED)),
});
export type OfferedModes = z.output<typeof offeredModesSchema>;

/** How a mode is set: by `session/set_mode`, or as the value of an option; null when the session is in it already. */
export interface ModeChoice {
  readonly mode: string;
  readonly set: { readonly by: 'mode' } | { readonly by: 'option'; readonly option: string } | null;
}

/**
 * The first of the wanted modes that is offered; null when none is.
 *
 * @param wanted the best first
 */
export function chooseMode({ modes, configOptions }: OfferedModes, wanted: readonly string[]): ModeChoice | null {
  const option = configOptions?.find((offered) => offered?.category === 'mode');
  const values = option?.options?.flatMap((each) => ('value' in each ? [each] : each.options)) ?? [];
  for (const mode of wanted) {
    const current = option?.currentValue ?? modes?.currentModeId;
    if (option != null && values.some(({ value }) => value === mode)) {
      return { mode, set: current === mode ? null : { by: 'option', option: option.id } };
    }
    if (modes?.availableModes.some((offered) => offered.id === mode) === true) {
      return { mode, set: modes.currentModeId === mode ? null : { by: 'mode' } };
    }
  }
  return null;
}
