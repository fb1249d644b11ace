/** From what a person did in the form to the brief's text: one place changes, every other byte stays. Pure. */
import { readProof } from '../../core/brief/criteria';
import { lineEndOf, setBriefField, setBriefSection, splitLines, type YamlValue } from '../../core/brief/edit';
import { addBriefItem, moveBriefItem, removeBriefItem, setBriefItem } from '../../core/brief/itemEdit';
import { type PartialBrief, readPartialBrief } from '../../core/brief/partialBrief';
import { SECTION_NAMES } from '../../core/brief/sections';
import { fail } from '../../core/errors';
import type { FormEdit, ListKey } from '../../webview/brief/messages';

/** Sections by their key. */
const PROSE: Readonly<Record<string, string>> = {
  goal: SECTION_NAMES.goal,
  context: SECTION_NAMES.context,
  nonGoals: SECTION_NAMES.nonGoals,
};
const ITEMS = { nonGoals: SECTION_NAMES.nonGoals, criteria: SECTION_NAMES.criteria } as const;
const SCALAR =
  /^(?:title|agent|command|setup|unchecked|reviewer|(?:budget|review)\.\w+|scope\.(?:change|avoid)\.\d+|checks\.\d+\.\w+)$/;
const NUMBER = /^(?:budget\.|checks\.\d+\.timeout$|review\.minutes$)/;

/**
 * The text with the edit in it.
 *
 * @throws USAGE when the place says something else than the page knew, or the text does not fit there; BRIEF_* when the
 *   part of the file around it cannot be read
 */
export function applyFormEdit(text: string, edit: FormEdit): string {
  switch (edit.kind) {
    case 'set':
      requireSame(text, edit.key, edit.was);
      return setPlace(text, edit.key, edit.text);
    case 'add':
      return addTo(text, edit.list, edit.text);
    case 'remove':
      requireSame(text, edit.key, edit.was);
      return removePlace(text, edit.key);
    case 'move': {
      requireSame(text, edit.key, edit.was);
      const { list, index } = itemOf(edit.key);
      return moveBriefItem(text, ITEMS[list], index, edit.by);
    }
    case 'proof': {
      requireSame(text, edit.key, edit.was);
      const { index } = itemOf(edit.key);
      return setBriefItem(text, SECTION_NAMES.criteria, index, withProof(edit.was, edit.proof));
    }
    case 'allow':
      return setGrant(text, edit.boundary, edit.on);
  }
}

/** What a place says, as the form shows it; empty where there is nothing. */
export function valueAt(brief: PartialBrief, key: string): string {
  const { body, front } = brief;
  const [list = '', index = ''] = key.split('.');
  if (list === 'goal' || list === 'context') return body?.[list].text ?? '';
  if (key === 'nonGoals') return body?.nonGoals.prose ?? '';
  if (list === 'nonGoals') return body?.nonGoals.items[Number(index)]?.text ?? '';
  if (list === 'criteria') return readProof(body?.criteria.items[Number(index)]?.text ?? '').text;
  const path = /^checks\.\d+$/.test(key) ? `${key}.name` : key;
  const value = dataAt(front, path);
  return typeof value === 'object' || value === undefined ? '' : String(value);
}

/** The value at a dotted path of the front matter; undefined where there is none. */
export function dataAt(front: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, part)
          ? (at as Record<string, unknown>)[part]
          : undefined,
      front,
    );
}

/** A proof as the form names it: `''`, `review` or `check:NAME`. */
export function proofOf(text: string): string {
  const { proof } = readProof(text);
  return proof.kind === 'check' ? `check:${proof.check}` : proof.kind === 'review' ? 'review' : '';
}

function withProof(text: string, proof: string): string {
  if (proof === '') return text;
  if (proof === 'review') return `${text} (review)`;
  if (/^check:[^()\s]{1,64}$/.test(proof)) return `${text} (check: ${proof.slice(6)})`;
  return fail('USAGE', 'there is no such proof', { fix: 'name a check, or `review`' });
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

function requireSame(text: string, key: string, was: string): void {
  if (flat(valueAt(readPartialBrief(text, ''), key)) === flat(was)) return;
  fail('USAGE', 'the file says something else here by now', { fix: 'type again to put your words in its place' });
}

function setPlace(text: string, key: string, written: string): string {
  const section = PROSE[key];
  if (section !== undefined) return setProse(text, key, section, written);
  if (/^(?:nonGoals|criteria)\.\d+$/.test(key)) {
    const { list, index } = itemOf(key);
    const old = readPartialBrief(text, '').body?.[list].items[index]?.text ?? '';
    const isProven = list === 'criteria' && readProof(flat(written)).proof.kind === 'none';
    return setBriefItem(text, ITEMS[list], index, isProven ? withProof(flat(written), proofOf(old)) : written);
  }
  if (!SCALAR.test(key)) return fail('USAGE', `\`${key}\` is no text`, { fix: 'change it in the file' });
  if (written.trim() === '') return emptyPlace(text, key);
  if (key === 'review.required') return setScalar(text, key, tickOf(written));
  return setScalar(text, key, NUMBER.test(key) ? numberOf(written) : written.trim());
}

function tickOf(written: string): boolean {
  if (written === 'true') return true;
  return fail('USAGE', 'this is no tick', { fix: 'change it in the file' });
}

/**
 * A pattern without text would take its place in the list with it, and the name or command of a check what is written
 * about the check: these stay. Everything else goes with its key, and a comment beside it gets a line of its own.
 */
function emptyPlace(text: string, key: string): string {
  if (key.startsWith('scope.')) return text;
  if (/^checks\.\d+\.(?:name|run)$/.test(key)) return setScalar(text, key, '');
  const removed = withoutEmptyReview(setScalar(text, key, undefined), key);
  const line = readPartialBrief(text, '').lines[key];
  if (removed === text || line === undefined) return removed;
  // With a value that is known, what follows it in its line is the comment.
  const known = splitLines(setBriefField(text, key, 'x'))[line - 1] ?? '';
  const [, comment] = /^[\s-]*[\w'"]+\s*:\s+x\s+(#[^\r\n]*)/.exec(known) ?? [];
  return comment === undefined
    ? removed
    : splitLines(removed)
        .toSpliced(line - 1, 0, comment + lineEndOf(text))
        .join('');
}

/** A brief that says `review` wants one: with the last that was said of it, the key goes, too. */
function withoutEmptyReview(text: string, key: string): string {
  if (!key.startsWith('review.')) return text;
  const left = dataAt(readPartialBrief(text, '').front, 'review');
  const isEmpty = left === null || (typeof left === 'object' && Object.keys(left).length === 0);
  return isEmpty ? setBriefField(text, 'review', undefined) : text;
}

/** Throws USAGE where a comment in the middle of the old text would go with it. */
function setProse(text: string, key: string, section: string, written: string): string {
  const { body, error } = readPartialBrief(text, '');
  if (body === null) throw error;
  const isLocked =
    key === 'nonGoals' ? body.nonGoals.isLocked : key === 'goal' ? body.goal.isLocked : body.context.isLocked;
  if (!isLocked) return setBriefSection(text, section, written);
  return fail('USAGE', `there is a comment in the middle of \`${section}\``, { fix: 'change it in the file' });
}

/** Throws BRIEF_INVALID where something of another shape stands in or above the place: it is not overwritten. */
function setScalar(text: string, path: string, value: YamlValue | undefined): string {
  const { front } = readPartialBrief(text, '');
  const parts = path.split('.');
  for (let depth = 1; depth <= parts.length; depth++) {
    const at = parts.slice(0, depth).join('.');
    const there = dataAt(front, at) ?? null;
    if (there === null || (typeof there === 'object') === depth < parts.length) continue;
    fail('BRIEF_INVALID', `\`${at}\` is of another shape`, { fix: 'mend it in the file' });
  }
  return setBriefField(text, path, value);
}

function numberOf(written: string): number {
  const number = Number(written.trim());
  if (/^\d+(?:\.\d+)?$/.test(written.trim()) && Number.isFinite(number)) return number;
  return fail('USAGE', 'this is no number', { fix: 'write digits' });
}

function addTo(text: string, list: ListKey, written: string): string {
  switch (list) {
    case 'nonGoals':
    case 'criteria':
      return addBriefItem(text, ITEMS[list], written, list === 'criteria');
    case 'scope.change':
    case 'scope.avoid': {
      const there = listAt(text, list);
      if (written.trim() === '' || there.includes(written.trim())) return text;
      return setScalar(text, `${list}.${there.length}`, written.trim());
    }
    case 'checks': {
      const names = listAt(text, list).map((check) => dataAt(check, 'name'));
      const name = ['tests', 'check', ...names.map((_, at) => `check-${at + 2}`)].find((free) => !names.includes(free));
      return setBriefField(text, `checks.${names.length}`, { name: name ?? 'check', run: written.trim() });
    }
  }
}

/** Throws BRIEF_INVALID where something else than a list stands: it is not overwritten. */
function listAt(text: string, path: string): readonly unknown[] {
  const { front, error } = readPartialBrief(text, '');
  if (error !== null) throw error;
  const there = dataAt(front, path);
  if (there === undefined || there === null) return [];
  if (Array.isArray(there)) return there;
  return fail('BRIEF_INVALID', `\`${path}\` is no list`, { fix: 'mend it in the file' });
}

function removePlace(text: string, key: string): string {
  if (/^(?:nonGoals|criteria)\.\d+$/.test(key)) {
    const { list, index } = itemOf(key);
    return removeBriefItem(text, ITEMS[list], index);
  }
  if (/^(?:scope\.(?:change|avoid)|checks)\.\d+$/.test(key) || key === 'command') {
    return setBriefField(text, key, undefined);
  }
  return fail('USAGE', `\`${key}\` cannot be taken out`, { fix: 'change it in the file' });
}

function setGrant(text: string, boundary: string, on: boolean): string {
  const granted = listAt(text, 'approval.allow');
  const at = granted.indexOf(boundary);
  if (at >= 0 === on) return text;
  return on
    ? setScalar(text, `approval.allow.${granted.length}`, boundary)
    : setBriefField(text, `approval.allow.${at}`, undefined);
}

function itemOf(key: string): { readonly list: 'nonGoals' | 'criteria'; readonly index: number } {
  const [list, index] = key.split('.');
  if ((list === 'nonGoals' || list === 'criteria') && index !== undefined) return { list, index: Number(index) };
  return fail('USAGE', `\`${key}\` is no item of a list`);
}
