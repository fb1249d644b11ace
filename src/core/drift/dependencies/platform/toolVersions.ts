/** .tool-versions (asdf documentation, "Configuration"). */
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';

/** Reads which versions of which tools a folder is worked on with. */
export function readToolVersions(text: string): Manifest {
  const tools = new Map<string, Requirement>();
  for (const line of text.split(/\r?\n/)) {
    const [name = '', ...versions] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    if (name === '') continue;
    const spec = versions.join(' ');
    const source = /(?:^|\s)path:/.test(spec) ? 'a path' : /(?:^|\s)ref:/.test(spec) ? 'git' : null;
    tools.set(name, { group: 'tools', name, package: name, spec, source, everywhere: false });
  }
  return { ...EMPTY_MANIFEST, requirements: [...tools.values()] };
}
