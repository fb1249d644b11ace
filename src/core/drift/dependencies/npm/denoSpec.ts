/** What an import of Deno means: a package of npm or JSR, or an address (Deno docs, "Modules and dependencies"). */

/** A module by its address: what it is called without its version, and the version where the address has one. */
export interface RemoteModule {
  readonly name: string;
  readonly version: string | null;
}

/** `https://deno.land/std@0.200.0/fs/mod.ts` → `deno.land/std` at `0.200.0`; the whole address where no version is. */
export function remoteOf(url: string): RemoteModule {
  const [bare = ''] = url.split(/[?#]/, 1);
  const place = bare.replace(/^[a-z]+:\/\//i, '');
  const at = /[^/@]@[^/]/.exec(place)?.index;
  if (at === undefined) return { name: place, version: null };
  const [version = ''] = place.slice(at + 2).split('/', 1);
  return { name: place.slice(0, at + 1), version };
}

/** `npm:chalk@5/source` → `chalk`, `jsr:@std/fs@^1` → `jsr:@std/fs`, an address → its host; null within the project. */
export function denoPackage(target: string): string | null {
  const npm = nameOf(/^npm:\/?(.*)$/s.exec(target)?.[1]);
  if (npm !== null) return npm;
  const jsr = nameOf(/^jsr:\/?(.*)$/s.exec(target)?.[1]);
  if (jsr !== null) return `jsr:${jsr}`;
  if (!/^https?:/i.test(target)) return null;
  const { name, version } = remoteOf(target);
  return version === null ? (name.split('/', 1)[0] ?? name) : name;
}

/** A few words for a source other than the usual registries, which are npm and JSR. */
export function denoSource(target: string): string | null {
  if (/^(?:npm|jsr|node|bun):/.test(target)) return null;
  if (/^https?:/i.test(target)) return 'a URL';
  const protocol = /^([a-z][a-z\d+.-]*):/i.exec(target)?.[1];
  return protocol === undefined ? null : `the protocol ${protocol}:`;
}

/** The name in front of a version or a path: `@s/a@1/b` → `@s/a`. */
export function nameOf(text: string | undefined): string | null {
  return /^(?:@[^/@]+\/)?[^/@]+/.exec(text ?? '')?.[0] ?? null;
}
