/**
 * The files of bases and snapshots as a read-only file system. They are read from the host, which reads them from git's
 * objects: the agent's folder is never opened here, so that nothing in it is run, linked or served.
 */
import * as vscode from 'vscode';
import type { ParamsIn } from '../../host/rpc';
import type { HostLink, News } from '../hostLink';
import { plainNotice, problemOf } from '../problem';
import { type Content, ContentCache } from './contentCache';
import { Lanes } from './lanes';
import { contentOf, MOST_SHOWN, timeOf } from './snapshotContent';
import { partsOf, placeOf, type SnapshotPlace } from './snapshotPlace';

/** Bytes of contents that are kept. */
const KEPT = 48 * 1024 * 1024;
/** Files that were served and are told of when they change; an editor shows fewer. */
const MOST_SERVED = 20_000;

/** A multi-diff editor asks for all of its files in one moment, and the host starts git for each. */
const AT_ONCE = 8;

/** What the host answers where there is nothing to show. */
const ABSENT: ReadonlySet<string> = new Set(['FILE_NOT_FOUND', 'REVISION_NOT_FOUND', 'TASK_NOT_FOUND']);
const NOTHING: Content = { oid: '', bytes: new Uint8Array() };

export class SnapshotFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #link: HostLink;
  readonly #lanes = new Lanes(AT_ONCE);
  readonly #cache = new ContentCache(KEPT);
  readonly #reading = new Map<string, Promise<Content>>();
  readonly #served = new Map<string, SnapshotPlace>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #hearing: { dispose(): void };

  readonly onDidChangeFile = this.#changed.event;

  constructor(link: HostLink) {
    this.#link = link;
    this.#hearing = link.listen({
      // What happened meanwhile nobody told; and what could not be read may be readable now.
      connected: () => this.#renew(() => true),
      lost: () => undefined,
      event: ({ id, event }: News) => {
        if (event.type === 'snapshot') this.#renew(({ task }) => task === id);
      },
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { oid, bytes } = await this.#content(uri);
    const time = timeOf(oid);
    return {
      type: vscode.FileType.File,
      ctime: time,
      mtime: time,
      size: bytes.byteLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#content(uri)).bytes;
  }

  /** Changes are told of whatever is watched. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  /** Folders are listed nowhere: what changed is in the list of changes. */
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#hearing.dispose();
    this.#changed.dispose();
  }

  async #content(uri: vscode.Uri): Promise<Content> {
    const place = placeOf(uri);
    if (place === null) throw vscode.FileSystemError.FileNotFound(uri);
    const { task, at, path } = place;
    if (at === 'none') return NOTHING;
    const key = uri.toString();
    this.#serve(key, place);
    const kept = this.#cache.get(key);
    if (kept !== null) return kept;
    const reading = this.#reading.get(key) ?? this.#read(key, { id: task, at, path, most: MOST_SHOWN });
    try {
      return await reading;
    } catch (thrown) {
      const { code, message, fix } = problemOf(thrown);
      if (ABSENT.has(code)) throw vscode.FileSystemError.FileNotFound(uri);
      throw vscode.FileSystemError.Unavailable(plainNotice(`${code}: ${message} (${fix})`));
    }
  }

  #read(key: string, asked: ParamsIn<'task/blob'>): Promise<Content> {
    const reading = this.#lanes
      .run(() => this.#link.request('task/blob', asked))
      .then((blob) => contentOf(blob, vscode.l10n.t))
      .then((content) => {
        // One that was renewed meanwhile is not what was asked for any more.
        if (this.#reading.get(key) === reading) this.#cache.put(key, content);
        return content;
      })
      .finally(() => {
        if (this.#reading.get(key) === reading) this.#reading.delete(key);
      });
    this.#reading.set(key, reading);
    return reading;
  }

  #serve(key: string, place: SnapshotPlace): void {
    this.#served.delete(key);
    this.#served.set(key, place);
    const [oldest] = this.#served.keys();
    if (this.#served.size > MOST_SERVED && oldest !== undefined) this.#served.delete(oldest);
  }

  /** Forgets what a snapshot made anew can have replaced, and has open editors read it again. The base never changes. */
  #renew(which: (place: SnapshotPlace) => boolean): void {
    const old = [...this.#served].filter(([, place]) => place.at !== 'base' && which(place));
    for (const [key] of old) {
      this.#cache.drop(key);
      this.#reading.delete(key);
    }
    const changes = [...this.#served.values()]
      .filter(which)
      .map((place) => ({ type: vscode.FileChangeType.Changed, uri: uriOf(place) }));
    if (changes.length > 0) this.#changed.fire(changes);
  }
}

export function uriOf(place: SnapshotPlace): vscode.Uri {
  return vscode.Uri.from(partsOf(place));
}
