/** What an npm dependency's spec fetches from (npm-package-arg; the protocols of yarn, pnpm and bun). */

const PATH = /^(?:file:|link:|portal:|\.{1,2}(?:[/\\]|$)|[/\\]|~[/\\]|[A-Za-z]:[/\\])/;
const GIT = /^(?:git(?:\+[a-z]+)?:|ssh:|(?:github|gitlab|bitbucket|gist):|[^@/\s:]+@[^/\s:]+:)/i;
/** `user/repository`, with or without `#ref`: GitHub. */
const SHORTHAND = /^[\w.-]+\/[\w.-]+(?:#.*)?$/;
const ARCHIVE = /\.(?:tgz|tar|tar\.gz)$/i;
/** Protocols that stay within the workspace: it is judged where it points to. */
const LOCAL = /^(?:workspace|catalog):/;

/** A few words for a source other than the usual registry; null for ranges, tags and the workspace's own protocols. */
export function sourceOf(name: string, spec: string): string | null {
  const text = spec.trim();
  if (LOCAL.test(text)) return null;
  if (text.startsWith('npm:')) return aliasOf(name, text);
  if (text.startsWith('jsr:')) return 'the registry JSR';
  if (text.startsWith('patch:')) return 'a patch of the package';
  if (text.startsWith('exec:')) return 'a script that generates it';
  if (PATH.test(text)) return 'a path';
  if (GIT.test(text) || SHORTHAND.test(text)) return 'git';
  if (/^https?:/i.test(text)) return /\.git(?:#.*)?$/i.test(text) ? 'git' : 'a URL';
  if (ARCHIVE.test(text)) return 'a path';
  const protocol = /^([A-Za-z][\w+.-]*):/.exec(text)?.[1];
  return protocol === undefined ? null : `the protocol ${protocol}:`;
}

/** The package that a requirement means: the target of an `npm:` alias, else its own name. */
export function packageOf(name: string, spec: string): string {
  const target = /^npm:(@?[^@]+)(?:@|$)/.exec(spec.trim())?.[1];
  // yarn writes `npm:^1.0.0`, a range and no alias.
  return target !== undefined && /^(?:@[^/]+\/)?[a-z_][\w.-]*$/i.test(target) && !/^[xX*]$/.test(target)
    ? target
    : name;
}

function aliasOf(name: string, spec: string): string | null {
  const target = packageOf(name, spec);
  return target === name ? null : `the package ${target}`;
}
