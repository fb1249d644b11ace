/**
 * What the editor and the brief's form say to each other; each side parses what arrives. A place in the brief is a key
 * (`title`, `criteria.2`, `scope.change.0`, `checks.1.run`): the name of a field, of a finding's place, and of an edit.
 * The page never says which file is meant: it is always the draft that the editor shows in it.
 */
import * as z from 'zod/mini';
import { mark, text } from '../shared/shapes';
import { shapeIntentSchema, shapeSchema } from './shapeMessages';

export type { Mark } from '../shared/shapes';

/** UTF-16 units of one field; a whole brief may have 256 KiB. */
const MOST_TEXT = 100_000;
const typed = z.string().check(z.maxLength(MOST_TEXT));
const KEY =
  /^(?:title|goal|context|nonGoals|agent|command|setup|unchecked|reviewer|approval|criteria|checks|budget\.(?:files|lines|minutes|tokens|usd)|review\.(?:agent|command|required|minutes)|(?:nonGoals|criteria)\.\d{1,3}|scope\.(?:change|avoid)(?:\.\d{1,4})?|checks\.\d{1,2}(?:\.(?:name|run|timeout|report))?)$/;
const key = z.string().check(z.maxLength(40), z.regex(KEY));
/** Which draft is meant, as a URI: a path may have 4,096 bytes, each of them spelled with three characters. */
const draft = z.string().check(z.maxLength(16_384));
const index = z.int().check(z.gte(0), z.lt(10_000));

export const LISTS = ['nonGoals', 'criteria', 'scope.change', 'scope.avoid', 'checks'] as const;
const list = z.enum(LISTS);
export type ListKey = z.infer<typeof list>;

/** One change of the brief. `was` is what the page knew: a place that says something else by now is not overwritten. */
export const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set'), key, was: typed, text: typed }),
  z.object({ kind: z.literal('add'), list, text: typed }),
  z.object({ kind: z.literal('remove'), key, was: typed }),
  z.object({ kind: z.literal('move'), key, was: typed, by: z.union([z.literal(-1), z.literal(1)]) }),
  /** `''`, `review`, or `check:NAME`. */
  z.object({ kind: z.literal('proof'), key, was: typed, proof: z.string().check(z.maxLength(200)) }),
  z.object({ kind: z.literal('allow'), boundary: z.string().check(z.maxLength(200)), on: z.boolean() }),
]);
export type FormEdit = z.infer<typeof editSchema>;

/** A text that can be typed. `problem`: what readiness says about it; `locked`: why the form cannot change it. */
const field = z.object({ value: text, problem: text, locked: text });
export type Field = z.infer<typeof field>;

const item = z.extend(field, { key: text });
export type Item = z.infer<typeof item>;

const criterion = z.extend(item, { proof: text });
const pattern = z.extend(item, { matches: text, examples: z.array(text) });
export type PatternChip = z.infer<typeof pattern>;

/** A check run at the base: not tried, at work since a moment (milliseconds of the epoch), or what came of it. */
const trial = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('running'), since: z.number(), words: text }),
  z.object({ state: z.literal('done'), mark, details: text, output: text }),
]);
export type TrialShown = z.infer<typeof trial>;

const check = z.object({
  key: text,
  name: field,
  run: field,
  timeout: field,
  report: field,
  trial,
  /** Why it cannot be tried now; empty when it can. */
  whyNot: text,
});
export type CheckShown = z.infer<typeof check>;

const finding = z.object({ mark, text, key: text, line: z.nullable(z.number()) });

const agent = z.object({ id: text, label: text, installed: z.boolean() });
const agentChoice = z.object({ chosen: text, options: z.array(agent), hint: text, locked: text, problem: text });
const choice = z.object({ label: text, details: text });
export type Choice = z.infer<typeof choice>;

export const formSchema = z.object({
  /** Language tag of the texts. */
  language: text,
  /** Another one means another brief: what the page remembers of the last is of no use. */
  draft: text,
  /** The last edit of the page that is in this form. */
  applied: z.number(),
  file: text,
  saved: z.object({ words: text, dirty: z.boolean() }),
  canUndo: z.boolean(),
  /** What stops the file from being read as a whole, with its line. */
  unreadable: z.nullable(z.object({ text, line: z.nullable(z.number()) })),
  /** Texts by their key. */
  fields: z.record(z.string(), field),
  /** Set instead of items where somebody wrote prose. */
  nonGoalsProse: z.nullable(field),
  nonGoals: z.array(item),
  criteria: z.array(criterion),
  /** Why a list cannot be changed, by its key. */
  locked: z.record(z.string(), text),
  change: z.array(pattern),
  avoid: z.array(pattern),
  checks: z.array(check),
  boundaries: z.array(z.object({ name: text, about: text, allowed: z.boolean() })),
  agent: agentChoice,
  /** Who gives the second opinion. */
  reviewing: agentChoice,
  readiness: z.object({ ready: z.boolean(), words: text, about: text, findings: z.array(finding) }),
  /** Why the brief cannot be handed off now; empty when it can. */
  handOff: z.object({
    whyNot: text,
    /** Whether readiness says so, of the text as it is or as it was a moment ago. */
    verdict: z.enum(['none', 'old', 'current']),
    busy: z.boolean(),
    /** What the page can offer against it. */
    remedy: z.enum(['none', 'trust', 'look-again']),
  }),
  /** What came of the last thing that was asked for and did not go well. */
  trouble: z.nullable(z.object({ text, fix: text })),
  templates: z.array(choice),
  /** Another brief that the active editor shows; empty when there is none. */
  other: text,
  words: z.record(z.string(), text),
});
export type BriefForm = z.infer<typeof formSchema>;

export const startSchema = z.object({
  language: text,
  templates: z.array(choice),
  drafts: z.array(choice),
  /** The active editor shows a brief, of this name. */
  other: text,
  trouble: z.nullable(z.object({ text, fix: text })),
  /** What was just handed off. */
  done: text,
  words: z.record(z.string(), text),
});
export type StartPage = z.infer<typeof startSchema>;

/** From the editor to the page. */
export const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('form'), form: formSchema }),
  z.object({ type: z.literal('start'), start: startSchema }),
  /** An edit was refused: its field keeps what was typed, and shows why. */
  z.object({ type: z.literal('refused'), seq: z.number(), key: text, text }),
  z.object({ type: z.literal('focus'), key: text }),
  z.object({ type: z.literal('said'), text }),
  /** The part that shapes a brief, of the form and of the start alike. */
  z.object({ type: z.literal('shape'), shape: shapeSchema }),
]);
export type Notice = z.infer<typeof noticeSchema>;

const scopeList = z.enum(['change', 'avoid']);

/** From the page to the editor: what the person wants, named by keys and places, never by files or commands. */
export const intentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('edit'), draft, seq: z.int(), edit: editSchema }),
  z.object({ type: z.literal('hand-off') }),
  z.object({ type: z.literal('save') }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('close') }),
  /** Opens the draft, at the line of a finding where one is named. */
  z.object({ type: z.literal('open-file'), finding: z.optional(index) }),
  /** Shows the line of a finding where the draft is in sight already. */
  z.object({ type: z.literal('reveal'), finding: index }),
  z.object({ type: z.literal('open-problem') }),
  z.object({ type: z.literal('add-from'), source: z.enum(['editor', 'files']), list: scopeList }),
  z.object({ type: z.literal('try'), index }),
  z.object({ type: z.literal('try-stop'), index }),
  z.object({ type: z.literal('try-output'), index }),
  z.object({ type: z.literal('look-again') }),
  z.object({ type: z.literal('trust') }),
  z.object({ type: z.literal('new'), template: z.optional(index) }),
  z.object({ type: z.literal('open-draft'), index }),
  z.object({ type: z.literal('open-other') }),
  z.object({ type: z.literal('save-template') }),
  z.object({ type: z.literal('shape'), shape: shapeIntentSchema }),
]);
export type Intent = z.infer<typeof intentSchema>;
