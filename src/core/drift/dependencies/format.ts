/** How a known manifest or lockfile is recognised, and what reads it. */
import type { Lockfile, Manifest } from './model';

/** Reads a text as what it is; the path tells formats apart that look alike. Rejects with Unreadable. */
export type Read<T> = (text: string, path: string) => Promise<T>;

/** `ecosystem` is the purl type (package-url/purl-spec, PURL-TYPES). */
export type Format =
  | {
      readonly kind: 'manifest';
      readonly ecosystem: string;
      readonly read: Read<Manifest>;
      /** Whether what it asks for shows in lockfiles of other folders, too: central versions, projects that others use. */
      readonly isShared?: boolean;
    }
  | {
      readonly kind: 'lockfile';
      readonly ecosystem: string;
      readonly read: Read<Lockfile>;
      /** Names of the manifests that such a file locks, in its folder; `*.csproj` stands for any of that ending. */
      readonly manifests: readonly string[];
      /** The folder inside the project that such a file stands in (`gradle`); default: beside the manifests. */
      readonly standsIn?: string;
    }
  | { readonly kind: 'hook'; readonly ecosystem: string; readonly runs: string }
  /** Known, and read by nobody: a change of it is told, never passed over. */
  | { readonly kind: 'unread'; readonly ecosystem: string };

/** By what a format is known: the exact name of the file, a form of its name, or a form of its whole path. */
export interface KnownFormat {
  readonly names?: readonly string[];
  readonly form?: RegExp;
  readonly path?: RegExp;
  readonly format: Format;
}

export const manifest = (ecosystem: string, read: Read<Manifest>): Format => ({ kind: 'manifest', ecosystem, read });

/** A manifest whose requirements show in lockfiles of other folders, too. */
export const sharedManifest = (ecosystem: string, read: Read<Manifest>): Format => ({
  kind: 'manifest',
  ecosystem,
  read,
  isShared: true,
});

export const lockfile = (
  ecosystem: string,
  manifests: readonly string[],
  read: Read<Lockfile>,
  standsIn = '',
): Format => ({
  kind: 'lockfile',
  ecosystem,
  manifests,
  read,
  standsIn,
});

export const hook = (ecosystem: string, runs: string): Format => ({ kind: 'hook', ecosystem, runs });

export const unread = (ecosystem: string): Format => ({ kind: 'unread', ecosystem });
