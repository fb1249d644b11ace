/** Reads what a repository offers to whoever plans, and what is at the places that a person pointed at. */
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { checksOf } from '../../core/brief/draft';
import { fail } from '../../core/errors';
import { knownCommands } from '../../core/plan/commands';
import { excerptOf, kindOfPlace, type Offer, type SeenPlace } from '../../core/plan/offer';
import type { Place } from '../../core/plan/plan';
import { repositories } from '../git/repositories';
import { type SurroundingRepository, surveyProject } from './surroundings';

/** @param live tasks that are not finished, where somebody knows them */
export async function readOffer(around: SurroundingRepository, live: Offer['live'] = []): Promise<Offer> {
  const textAt = (path: string) => repositories.textAt(around, around.head, path);
  const [facts, packageJson, makefile] = await Promise.all([
    surveyProject(around),
    textAt('package.json'),
    textAt('Makefile'),
  ]);
  const exact = checksOf(facts).map(({ run }) => run);
  const commands = knownCommands({ paths: around.paths, packageJson, makefile, exact });
  return { facts, paths: around.paths, commands, live };
}

/**
 * The places with what is there in the commit that is checked out. Absolute paths are taken as they lie in the working tree.
 * Throws USAGE for one outside it.
 */
export async function seePlaces(places: readonly Place[], around: SurroundingRepository): Promise<SeenPlace[]> {
  const seen: SeenPlace[] = [];
  for (const { path: named, line } of places) {
    const path = await relativePath(named, around.root);
    const kind = kindOfPlace({ path, line }, around.paths);
    const text = kind === 'file' ? await repositories.textAt(around, around.head, path) : null;
    seen.push({ path: path === '' ? '.' : path, line, kind, text: text === null ? null : shownText(text, line) });
  }
  return seen;
}

function shownText(text: string, line: number | null): string | null {
  return text.includes('\0') ? null : excerptOf(text, line);
}

async function relativePath(named: string, root: string): Promise<string> {
  const below = isAbsolute(named) ? await belowRoot(named, root) : named;
  const parts = below
    .split(sep)
    .join('/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (isAbsolute(below) || parts.includes('..')) {
    fail('USAGE', `${named} is not in the repository`, { fix: 'name places inside it' });
  }
  return parts.join('/');
}

/** A working tree may be named through a link. */
async function belowRoot(path: string, root: string): Promise<string> {
  const direct = relative(root, path);
  if (!direct.startsWith('..') && !isAbsolute(direct)) return direct;
  return relative(await realpath(root).catch(() => root), await realpath(path).catch(() => path));
}
