/**
 * What is read of an agent's messages, each with its limits. What is not named here is ignored; a field that is not as
 * it should be is taken as absent, because agents differ and a transcript is no reason to fail.
 */
import * as z from 'zod';
import { offeredModesSchema } from './acpModes';
import { headOf } from './headOf';

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const id = z.string().min(1).max(1_000);
const label = z.string().transform((text) => headOf(text, 2_000));
const path = z.string().min(1).max(4_096);

export const initializeSchema = z.object({
  protocolVersion: z.number(),
  agentInfo: lenient(z.object({ name: label, version: lenient(label) })),
  agentCapabilities: lenient(
    z.object({
      loadSession: lenient(z.boolean()),
      sessionCapabilities: lenient(z.object({ close: lenient(z.looseObject({})) })),
    }),
  ),
});

export const sessionSchema = offeredModesSchema.extend({ sessionId: id });

export const promptResponseSchema = z.object({
  stopReason: z.string().min(1).max(100),
  usage: lenient(z.record(z.string().max(100), z.unknown())),
  _meta: lenient(z.record(z.string(), z.unknown())),
});
export type PromptResult = z.output<typeof promptResponseSchema>;

export const notificationSchema = z.object({
  sessionId: id,
  update: z.looseObject({ sessionUpdate: z.string().max(100) }),
});
export type SessionUpdate = z.output<typeof notificationSchema>['update'];

export const chunkSchema = z.object({
  content: z.object({
    type: z.string(),
    text: lenient(z.string()),
    uri: lenient(label),
    name: lenient(label),
  }),
});

export const toolCallSchema = z.object({
  toolCallId: id,
  title: lenient(label),
  kind: lenient(z.string().max(50)),
  status: lenient(z.string().max(50)),
  locations: lenient(z.array(z.object({ path }).catch({ path: '' })).max(1_000)),
  content: lenient(
    z.array(z.object({ type: z.string(), path: lenient(path) }).catch({ type: '', path: undefined })).max(1_000),
  ),
  rawInput: lenient(z.record(z.string(), z.unknown())),
});
export type ToolCall = z.output<typeof toolCallSchema>;

export const planSchema = z.object({
  entries: z
    .array(z.object({ content: label, status: z.string().max(50).catch('pending') }))
    .max(10_000)
    .transform((entries) => entries.slice(0, 500)),
});

export const usageUpdateSchema = z.object({
  used: lenient(z.number().nonnegative()),
  cost: lenient(z.object({ amount: z.number().nonnegative(), currency: z.string().max(10) })),
});

export const permissionSchema = z.object({
  sessionId: id,
  toolCall: toolCallSchema,
  options: z.array(z.object({ optionId: z.string().max(1_000), kind: z.string().max(50) })).max(100),
});
export type PermissionRequest = z.output<typeof permissionSchema>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
