/** What a call of a tool may hold, and what goes over the line between the program of the tools and the host. */
import * as z from 'zod';
import {
  PATH_LENGTH,
  REASON_LENGTH,
  SCOPE_PATHS,
  TOOL_NAMES,
  type ToolAnswer,
  type ToolName,
  WISH_LENGTH,
  WISH_PATHS,
} from './tools';

const path = z.string().min(1).max(PATH_LENGTH);

const INPUTS = {
  brief: z.strictObject({}),
  check_scope: z.strictObject({ paths: z.array(path).min(1).max(SCOPE_PATHS) }),
  request_approval: z
    .strictObject({
      boundary: z.string().min(1).max(64).optional(),
      paths: z.array(path).min(1).max(WISH_PATHS).optional(),
      reason: z.string().trim().min(1).max(REASON_LENGTH),
    })
    .refine(
      ({ boundary, paths }) => (boundary === undefined) !== (paths === undefined),
      'name either `boundary` or `paths`',
    )
    .refine(
      ({ paths = [], reason }) => paths.reduce((sum, one) => sum + one.length, reason.length) <= WISH_LENGTH,
      `paths and reason are over ${WISH_LENGTH} characters together: ask in parts`,
    ),
  run_check: z.strictObject({ name: z.string().min(1).max(64) }),
} as const satisfies Record<ToolName, z.ZodType>;

export { INPUTS as TOOL_INPUTS };

export type ToolInput<T extends ToolName> = z.output<(typeof INPUTS)[T]>;

/** A call as it was read. */
export type ToolCall = { readonly [T in ToolName]: { readonly tool: T; readonly input: ToolInput<T> } }[ToolName];

/** One call, or why it is none. Never throws. */
export function readCall(tool: string, input: unknown): ToolCall | ToolAnswer {
  const known = TOOL_NAMES.find((name) => name === tool);
  if (known === undefined)
    return { code: 'BAD_INPUT', text: `there is no such tool; there are ${TOOL_NAMES.join(', ')}` };
  const parsed = INPUTS[known].safeParse(input ?? {});
  // The names of an object's own keys and its values go together: the schema was chosen by the tool.
  if (parsed.success) return { tool: known, input: parsed.data } as ToolCall;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.slice(0, 3).join('.')}: `;
  return { code: 'BAD_INPUT', text: `${where}${issue?.message ?? 'it is malformed'}`.slice(0, 400) };
}

/** The first line of a connection. */
export const greetingSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** Every further line: one call. The answer has its number. */
export const requestSchema = z.strictObject({
  id: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  tool: z.string().max(64),
  input: z.unknown(),
});
export type LineRequest = z.infer<typeof requestSchema>;

export const responseSchema = z.object({
  id: z.number().int().nullable(),
  text: z.string(),
  code: z.string().nullable(),
});
export type LineResponse = z.infer<typeof responseSchema>;
