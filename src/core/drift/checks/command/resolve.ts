/** Finds the entry behind a reference in one of the two trees. */
import * as z from 'zod';
import { folderOf, pathFrom } from '../../../shell/paths';
import { parseJson, Unreadable } from '../../dependencies/document';
import type { Side, Sides } from '../sides';
import { reasonOf } from '../sides';
import type { Entries, Entry, Place, Reference, SourceName } from './reference';
import { readerOf, SOURCES } from './sources';

export interface Found {
  readonly path: string;
  readonly entry: Entry;
}

/** A file that holds entries and could not be read. */
export interface Broken {
  readonly path: string;
  readonly reason: string;
}

/** Packages of one repository that are looked at for a script of every workspace. */
const MOST_PACKAGES = 300;
/** Folders whose packages are no part of the project. */
export const NOT_A_WORKSPACE = /(?:^|\/)(?:node_modules|fixtures|__fixtures__|testdata|templates?|examples?)\//;
const MOST_INCLUDES = 20;

export class Resolver {
  readonly #files = new Map<string, Promise<Entries | Broken | null>>();
  #packages: Promise<readonly string[]> | null = null;

  constructor(readonly sides: Sides) {}

  /** What the reference means on one side: null when nothing is there, broken when its file cannot be read. */
  async resolve(side: Side, reference: Reference, folder: string): Promise<Found | Broken | null> {
    for (const [path, read] of this.#candidates(reference, folder)) {
      const entries = await this.#entries(side, path, reference.source, read);
      if (entries === null) continue;
      if ('reason' in entries) return entries;
      const entry = entries.entries.get(reference.name);
      if (entry !== undefined) return { path, entry };
      const included = await this.#included(side, path, reference, entries);
      if (included !== null) return included;
      // Of makefiles only the first is read; a setup.cfg stands in where tox.ini has no such section.
      if (reference.source === 'make') return null;
    }
    return null;
  }

  /** Names that a pattern such as `lint:*` stands for, on the base's side. */
  async names(reference: Reference, folder: string): Promise<readonly string[]> {
    if (!reference.name.includes('*')) return [reference.name];
    const stem = reference.name.slice(0, reference.name.indexOf('*'));
    for (const [path, read] of this.#candidates(reference, folder)) {
      const entries = await this.#entries('base', path, reference.source, read);
      if (entries === null || 'reason' in entries) continue;
      return [...entries.entries.keys()].filter((name) => name !== '' && name.startsWith(stem));
    }
    return [];
  }

  /** Folders that a place stands for, on the base's side. */
  async folders(place: Place): Promise<readonly string[]> {
    if (typeof place === 'string') return [place];
    this.#packages ??= this.#listPackages();
    const folders = await this.#packages;
    const wanted = place.workspace.replace(/^[.{]*\/?|[.^}]*$/g, '');
    if (/[*!]/.test(place.workspace) || wanted === '') return folders;
    const path = pathFrom('', wanted);
    if (path !== null && folders.includes(`${path}/`)) return [`${path}/`];
    const named: string[] = [];
    for (const folder of folders) if ((await this.#packageName(folder)) === place.workspace) named.push(folder);
    return named;
  }

  #candidates({ source, file }: Reference, folder: string) {
    if (file !== null) return [[file, readerOf(source)] as const];
    return SOURCES[source].files.map(([name, read]) => [`${folder}${name}`, read] as const);
  }

  #entries(side: Side, path: string, source: SourceName, read: ReturnType<typeof readerOf>) {
    const key = `${side} ${source} ${path}`;
    const known = this.#files.get(key) ?? this.#read(side, path, read);
    this.#files.set(key, known);
    return known;
  }

  async #read(side: Side, path: string, read: ReturnType<typeof readerOf>): Promise<Entries | Broken | null> {
    try {
      const text = await this.sides.text(side, path);
      return text === null ? null : await read(text, path);
    } catch (error) {
      return { path, reason: reasonOf(error) };
    }
  }

  async #included(side: Side, path: string, reference: Reference, { includes = [] }: Entries): Promise<Found | null> {
    for (const name of includes.slice(0, MOST_INCLUDES)) {
      const included = pathFrom(folderOf(path), name);
      if (included === null) continue;
      const entries = await this.#entries(side, included, reference.source, readerOf(reference.source));
      if (entries === null || 'reason' in entries) continue;
      const entry = entries.entries.get(reference.name);
      if (entry !== undefined) return { path: included, entry };
    }
    return null;
  }

  async #listPackages(): Promise<readonly string[]> {
    const paths = await this.sides.reader.paths('base');
    return paths
      .filter((path) => (path === 'package.json' || path.endsWith('/package.json')) && !NOT_A_WORKSPACE.test(path))
      .slice(0, MOST_PACKAGES)
      .map(folderOf);
  }

  async #packageName(folder: string): Promise<string | null> {
    try {
      const text = await this.sides.text('base', `${folder}package.json`);
      const { name } = parseJson(text ?? '{}', z.looseObject({ name: z.string().optional() }));
      return name ?? null;
    } catch (error) {
      if (error instanceof Unreadable) return null;
      throw error;
    }
  }
}
