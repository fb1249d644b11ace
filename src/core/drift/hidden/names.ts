/** `hidden/bidi`, `hidden/invisible` and `hidden/confusable` in paths. */
import { append } from '../append';
import { hasNewPath } from '../changes';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { characterFaults, nameOf } from './characters';
import { foldName, mixesLookalikes, skeleton } from './lookalikes';

/** Every new name, against its own characters and against all other names of the head tree. */
export async function judgeNames({ changes, reader }: RuleContext): Promise<readonly RawFinding[]> {
  const paths = changes.filter(hasNewPath).map((change) => change.path);
  if (paths.length === 0) return [];
  return [...paths.flatMap(unseenInName), ...collisions(paths, await reader.paths('head')), ...mixedScripts(paths)];
}

function unseenInName(path: string): readonly RawFinding[] {
  const faults = characterFaults(path).map(({ problem, codePoint }) => ({ problem, name: nameOf(codePoint) }));
  // Tab, line feed and form feed are text in a line, and nothing but a trick in a name.
  const controls = [...path.matchAll(/[\t\n\f]/g)].map(([character]) => ({
    problem: 'invisible' as const,
    name: nameOf(character.charCodeAt(0)),
  }));
  const all = [...faults, ...controls];
  return (['bidi', 'invisible'] as const).flatMap((problem): RawFinding[] => {
    const names = [...new Set(all.filter((fault) => fault.problem === problem).map((fault) => fault.name))];
    if (names.length === 0) return [];
    return [
      { rule: `hidden/${problem}`, path, message: `The name ${path} contains ${names.join(', ')}.`, evidence: path },
    ];
  });
}

/** New paths, and folders above them, that fold to the same name as another one in the tree. */
function collisions(newPaths: readonly string[], headPaths: readonly string[]): readonly RawFinding[] {
  const wanted = new Map<string, string[]>();
  for (const name of namesOf(newPaths)) append(wanted, keyOf(name), name);
  const spellings = new Map<string, Set<string>>();
  for (const name of namesOf(headPaths)) {
    const key = keyOf(name);
    if (!wanted.has(key)) continue;
    const known = spellings.get(key);
    if (known) known.add(name);
    else spellings.set(key, new Set([name]));
  }
  const findings = new Map<string, RawFinding>();
  for (const [key, prefixes] of wanted) {
    for (const prefix of prefixes) {
      const other = [...(spellings.get(key) ?? [])].find((name) => name !== prefix);
      if (other === undefined || findings.has(prefix)) continue;
      const message = `${prefix} ${differsBy(prefix, other)} ${other}.`;
      findings.set(prefix, { rule: 'hidden/confusable', path: prefix, message, evidence: `${prefix} ≈ ${other}` });
    }
  }
  return [...findings.values()];
}

function mixedScripts(paths: readonly string[]): readonly RawFinding[] {
  return paths.flatMap((path): RawFinding[] => {
    const word = mixesLookalikes(path);
    if (word === null) return [];
    const foreign = [...word].filter((letter) => letter > '\x7f').map((letter) => nameOf(letter.codePointAt(0) ?? 0));
    const message = `The name ${path} mixes letters of two scripts that look alike (${foreign.join(', ')}).`;
    return [{ rule: 'hidden/confusable', path, message, evidence: `${word}: ${foreign.join(', ')}` }];
  });
}

function differsBy(one: string, other: string): string {
  if (one.normalize('NFC') === other.normalize('NFC')) return 'differs only by Unicode normal form from';
  return foldName(one) === foldName(other) ? 'differs only by case or form from' : 'looks like';
}

function keyOf(path: string): string {
  // Most names are ASCII: what cannot look like anything else is only folded.
  return /^[\x20-\x7e]*$/.test(path) ? path.toLowerCase() : skeleton(path);
}

/** Paths and all their folders, each once. Relies on nothing about the order. */
function* namesOf(paths: readonly string[]): Iterable<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    yield path;
    let slash = path.lastIndexOf('/');
    while (slash > 0) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
      yield folder;
      slash = path.lastIndexOf('/', slash - 1);
    }
  }
}
