/** From the wire's session updates to the transcript's. */
import type { AgentUpdate } from '../../core/ports/transcript';
import { chunkSchema, planSchema, type SessionUpdate, toolCallSchema, usageUpdateSchema } from './acpSchemas';
import type { ToolCalls } from './acpToolCalls';
import type { UsageMeter } from './acpUsage';

const ROLES = { agent_message_chunk: 'agent', agent_thought_chunk: 'thought' } as const;

/** One update for the transcript, or null for what is no news to a reader. Remembers calls and usage. */
export function toAgentUpdate(update: SessionUpdate, calls: ToolCalls, usage: UsageMeter): AgentUpdate | null {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
    case 'agent_thought_chunk':
      return toText(ROLES[update.sessionUpdate], update, usage);
    case 'tool_call':
    case 'tool_call_update': {
      const call = toolCallSchema.safeParse(update);
      return call.success ? calls.update(call.data) : null;
    }
    case 'plan':
      return toPlan(update);
    case 'usage_update': {
      const seen = usageUpdateSchema.safeParse(update);
      if (seen.success) usage.seen(seen.data);
      return null;
    }
    default:
      // What we said ourselves, modes, commands, configuration options, and kinds that are newer than this file.
      return null;
  }
}

function toText(role: 'agent' | 'thought', update: SessionUpdate, usage: UsageMeter): AgentUpdate | null {
  usage.chunk(update._meta);
  const chunk = chunkSchema.safeParse(update);
  if (!chunk.success) return null;
  const { type, text, uri, name } = chunk.data.content;
  if (text !== undefined) return text === '' ? null : { kind: 'text', role, text };
  return { kind: 'text', role, text: `[${type}${uri === undefined ? '' : `: ${name ?? uri}`}]` };
}

function toPlan(update: SessionUpdate): AgentUpdate | null {
  const plan = planSchema.safeParse(update);
  if (!plan.success) return null;
  return { kind: 'plan', entries: plan.data.entries.map(({ content, status }) => ({ text: content, status })) };
}
