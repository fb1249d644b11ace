/**
 * The tools that an agent may call while it works: what they are called, and how they are described to it. What a call may
 * hold is in `calls.ts`; a test keeps the two together.
 */

/** The name of the server; agents put it before the names of its tools. */
export const TOOL_SERVER = 'countersign';

export const TOOL_NAMES = ['brief', 'check_scope', 'request_approval', 'run_check'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** Paths of one question about the scope, and of one request to a person: who decides has to read them all. */
export const SCOPE_PATHS = 200;
export const WISH_PATHS = 20;
/** UTF-16 units of one path, and of all paths and the reason of one request. */
export const PATH_LENGTH = 1_024;
export const WISH_LENGTH = 2_000;
export const REASON_LENGTH = 1_000;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface ToolDescription {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  /** JSON Schema of its input, draft 2020-12. */
  readonly inputSchema: {
    type: 'object';
    properties: Record<string, Json>;
    required: string[];
    additionalProperties: false;
  };
  /** Whether a call changes nothing for anybody. */
  readonly readOnly: boolean;
}

const path: Json = { type: 'string', minLength: 1, maxLength: PATH_LENGTH };

export const TOOLS: readonly ToolDescription[] = [
  {
    name: 'brief',
    title: 'Read the brief',
    description: 'The brief of this task as it was handed off, with what people added to it since, as Markdown.',
    inputSchema: { type: 'object', properties: {}, required: [], additionalProperties: false },
    readOnly: true,
  },
  {
    name: 'check_scope',
    title: 'Ask what may be changed',
    description:
      'Says of each path whether this task may change it, by which pattern, or which boundary it would cross. ' +
      'Ask before you change a file that you are not sure of.',
    inputSchema: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: path,
          minItems: 1,
          maxItems: SCOPE_PATHS,
          description: 'paths relative to the top of the repository, with `/`',
        },
      },
      required: ['paths'],
      additionalProperties: false,
    },
    readOnly: true,
  },
  {
    name: 'request_approval',
    title: 'Ask a person for permission',
    description:
      'Asks a person to let this task change further paths, or cross a boundary. Name `paths` (exactly those that you ' +
      'need) or a `boundary` (such as `dependencies`, `tests`, `ci`), and say why in `reason`. A yes counts for this task ' +
      'and is on record. A no, or nobody there to answer, is final: leave it undone and say so. When the answer is that ' +
      'nobody has answered yet, call again with the same paths or boundary to go on waiting.',
    inputSchema: {
      type: 'object',
      properties: {
        boundary: { type: 'string', minLength: 1, maxLength: 64, description: 'the name of one boundary' },
        paths: {
          type: 'array',
          items: path,
          minItems: 1,
          maxItems: WISH_PATHS,
          description: 'paths relative to the top of the repository, with `/`',
        },
        reason: {
          type: 'string',
          minLength: 1,
          maxLength: REASON_LENGTH,
          description: 'why the task cannot be done without it',
        },
      },
      required: ['reason'],
      additionalProperties: false,
    },
    readOnly: false,
  },
  {
    name: 'run_check',
    title: 'Run a check of the brief',
    description:
      'Runs one named check of the brief on the folder as it is now, in a clean checkout, and says how it ended. ' +
      'It is a help and no evidence: the checks are run again on your result. When the answer is that it still runs, ' +
      'call again with the same name to go on waiting.',
    inputSchema: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 64, description: 'the name of a check of the brief' },
      },
      required: ['name'],
      additionalProperties: false,
    },
    readOnly: true,
  },
];

/** The variables by which the program of the tools is told where it asks, and by which token it is known. */
export const LINE_VARIABLE = 'COUNTERSIGN_LINE';
export const TOKEN_VARIABLE = 'COUNTERSIGN_TOKEN';

/** What an agent gets for one call. `code`: why it got nothing, for programs; null when it got what it asked for. */
export interface ToolAnswer {
  readonly text: string;
  readonly code: ToolRefusal | null;
}

/**
 * `BAD_INPUT`: mend the call; `NOT_POSSIBLE`: nothing makes it possible; `REFUSED`: a person said no, or nobody was there;
 * `BUSY`: one at a time; `SPENT`: no more of these in this turn; `FLOOD`: the line was closed; `FAILED`: our side failed.
 */
export type ToolRefusal = 'BAD_INPUT' | 'NOT_POSSIBLE' | 'REFUSED' | 'BUSY' | 'SPENT' | 'FLOOD' | 'FAILED';

/** Characters of one answer. */
export const ANSWER_LENGTH = 30_000;

/**
 * Whether a call's title is the name of one of our tools as agents write it: `countersign-brief` (Copilot 1.0.102),
 * `mcp.countersign.brief` (Codex 2.6.0), `countersign_brief` (OpenCode 1.18.33), `mcp__countersign__brief` (Claude Code's
 * documentation). A title is the agent's word: it may spare a question about a call, and nothing else.
 */
export function isOwnTool(title: string): boolean {
  return TOOL_NAMES.some((name) => OWN_FORMS.some((form) => title === `${form}${name}`));
}

const OWN_FORMS = [`${TOOL_SERVER}-`, `${TOOL_SERVER}_`, `mcp.${TOOL_SERVER}.`, `mcp__${TOOL_SERVER}__`];
