/** `keep/export`: the public surface of files, names and signatures, is as it was. */
import { compileMatcher } from '../../brief/scope';
import { pathsOf } from '../changes';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import type { Language } from '../syntax/language';
import type { Syntax } from '../syntax/parse';
import { readSide, type Side } from './source';
import type { ReadSurface, Surface } from './surfaces/surface';

/** Files that one surface may be made of: barrels of barrels end somewhere. */
const MOST_FOLLOWED = 200;
/** More changed names of one file are a list. */
const NAMED = 12;

/** @param patterns of the brief, checked when it was parsed */
export async function judgeKeptExports(
  patterns: readonly string[],
  context: RuleContext,
): Promise<readonly RawFinding[]> {
  if (patterns.length === 0) return [];
  const isKept = compileMatcher(patterns);
  const before = (await context.reader.paths('base')).filter(isKept);
  const touched = new Set(context.changes.flatMap(pathsOf));
  const findings = await Promise.all(before.map((path) => judgeFile(path, touched, context)));
  return findings.flat();
}

async function judgeFile(
  path: string,
  touched: ReadonlySet<string>,
  context: RuleContext,
): Promise<readonly RawFinding[]> {
  const before = await surfaceOf('base', path, context);
  if ('why' in before) return touched.has(path) ? [unreadable(path, before.why)] : [];
  if (![...before.files].some((file) => touched.has(file))) return [];
  const after = await surfaceOf('head', path, context);
  if ('why' in after) {
    const isGone = after.why === GONE;
    const message = isGone
      ? `${path} is gone, and its public surface with it.`
      : `${path} ${after.why}: its surface was not compared.`;
    return [{ rule: 'keep/export', severity: isGone ? 'block' : 'warn', path, message, evidence: after.why }];
  }
  const names = [...new Set([...before.names.keys(), ...after.names.keys()])];
  const changed = names.filter((name) => before.names.get(name) !== after.names.get(name));
  if (changed.length === 0) return [];
  const told = changed.slice(0, NAMED).map((name) => describe(name, before.names, after.names));
  const more = changed.length > NAMED ? `; and ${changed.length - NAMED} more` : '';
  const message = `The public surface of ${path} changed: ${changed.slice(0, NAMED).join(', ')}${more}.`;
  return [{ rule: 'keep/export', path, message, evidence: told.join('; ') + more }];
}

function describe(name: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const [was, now] = [before.get(name), after.get(name)];
  if (now === undefined) return `${name} is gone`;
  if (was === undefined) return `${name} is new`;
  return `${name}: ${was} → ${now}`;
}

function unreadable(path: string, why: string): RawFinding {
  const message = `${path} ${why}: its surface was not compared.`;
  return { rule: 'keep/export', severity: 'warn', path, message, evidence: why };
}

const GONE = 'is gone';

interface Whole {
  readonly names: ReadonlyMap<string, string>;
  /** Every file that the surface is made of. */
  readonly files: ReadonlySet<string>;
}

/** The surface of a file with those that it passes on. */
async function surfaceOf(side: Side, path: string, context: RuleContext): Promise<Whole | { readonly why: string }> {
  const names = new Map<string, string>();
  const files = new Set<string>();
  const ahead = [path];
  for (let file = ahead.shift(); file !== undefined && files.size < MOST_FOLLOWED; file = ahead.shift()) {
    if (files.has(file)) continue;
    files.add(file);
    const reading = await readSide(side, file, context);
    if (!('syntax' in reading)) {
      if (file !== path) continue;
      return { why: 'missing' in reading ? GONE : reading.why };
    }
    const surface = await readSurface(reading.syntax);
    if (surface === null) return { why: 'is in a language whose surface cannot be read' };
    for (const [name, signature] of surface.names) {
      // `export *` passes no default on.
      if (!names.has(name) && (file === path || name !== 'default')) names.set(name, signature);
    }
    for (const target of surface.follows) {
      const found = await resolve(side, file, target, context);
      if (found !== null) ahead.push(found);
      else names.set(`* from ${target}`, '');
    }
  }
  return { names, files };
}

const script = async (): Promise<ReadSurface> => (await import('./surfaces/script')).readScript;
const READERS: Partial<Readonly<Record<Language, () => Promise<ReadSurface>>>> = {
  javascript: script,
  jsx: script,
  typescript: script,
  tsx: script,
  python: async () => (await import('./surfaces/python')).readPython,
  go: async () => (await import('./surfaces/go')).readGo,
  rust: async () => (await import('./surfaces/rust')).readRust,
};

async function readSurface(syntax: Syntax): Promise<Surface | null> {
  const read = await READERS[syntax.language]?.();
  return read === undefined ? null : read(syntax);
}

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.d.ts', '.js', '.jsx', '.mjs', '/index.ts', '/index.tsx', '/index.js'];

/** The file that a relative specifier means (Node.js and TypeScript, module resolution); null for a package. */
async function resolve(side: Side, from: string, target: string, { reader }: RuleContext): Promise<string | null> {
  if (!target.startsWith('.')) return null;
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '.' && part !== '..' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  // `./a.js` is written where `./a.ts` is meant.
  const stems = [path, path.replace(/\.([mc]?)js$/, '.$1ts'), path.replace(/\.jsx?$/, '.tsx')];
  for (const candidate of new Set(stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending)))) {
    if ((await reader.at(side, candidate)) !== null) return candidate;
  }
  return null;
}
