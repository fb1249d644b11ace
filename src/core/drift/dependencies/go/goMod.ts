/** go.mod and go.work: modules and tools that are wanted, and what stands in for them (Go Modules Reference). */
import { Unreadable } from '../document';
import { joinDuplicates } from '../duplicates';
import type { Manifest, Requirement } from '../model';
import { pathSource } from '../repositoryPath';
import { type GoLine, linesOf } from './lines';

/** Directives that name no dependency. */
const SILENT: ReadonlySet<string> = new Set(['module', 'go', 'use', 'retract', 'godebug', 'ignore']);
/** A replacement that is a folder: only such paths start so (Go Modules Reference, "replace directive"). */
const FOLDER = /^(?:\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\])/;

/** Reads a go.mod or go.work. Directives that nobody knows are faults. Throws Unreadable. */
export function readGoMod(text: string, path: string): Manifest {
  const faults = new Set<string>();
  const requirements = linesOf(text).flatMap((line): Requirement[] => {
    if (SILENT.has(line.verb)) return [];
    const requirement = read(line, path);
    if (requirement === undefined) faults.add(line.verb.slice(0, 100));
    return requirement === undefined ? [] : [requirement];
  });
  return { requirements: joinDuplicates(requirements), hooks: new Map(), registries: new Map(), faults: [...faults] };
}

function read(line: GoLine, path: string): Requirement | undefined {
  const [first = '', second = ''] = line.words;
  switch (line.verb) {
    case 'require':
      expect(line, line.words.length === 2);
      return required(first, second, line.comment);
    case 'exclude':
      expect(line, line.words.length === 2);
      return { ...plain('exclude', `${first}@${second}`, `not ${second}`), package: first, everywhere: true };
    case 'replace':
      return replaced(line, path);
    case 'tool':
      expect(line, line.words.length === 1);
      return plain('tool', first, 'tool');
    case 'toolchain':
      expect(line, line.words.length === 1);
      return { ...plain('toolchain', 'toolchain', first), package: 'golang.org/toolchain' };
    default:
      return undefined;
  }
}

/** `// indirect` alone or before other text: what the project does not import itself. */
function required(name: string, version: string, comment: string): Requirement {
  const isIndirect = /^indirect(?:;|$)/.test(comment);
  return isIndirect ? { ...plain('indirect', name, version), direct: false } : plain('require', name, version);
}

/** `old [version] => new [version]`, where a new without a version is a folder. */
function replaced(line: GoLine, path: string): Requirement {
  const arrow = line.words.indexOf('=>');
  const [old = '', oldVersion] = line.words.slice(0, Math.max(0, arrow));
  const [target = '', version] = line.words.slice(arrow + 1);
  expect(line, (arrow === 1 || arrow === 2) && [1, 2].includes(line.words.length - arrow - 1));
  const source = FOLDER.test(target) ? pathSource(path, target) : target === old ? null : `the module ${target}`;
  const name = oldVersion === undefined ? old : `${old}@${oldVersion}`;
  const spec = version === undefined ? `=> ${target}` : `=> ${target} ${version}`;
  return { group: 'replace', name, package: old, spec, source, everywhere: true };
}

function plain(group: string, name: string, spec: string): Requirement {
  return { group, name, package: name, spec, source: null, everywhere: false };
}

function expect({ verb, words }: GoLine, isRight: boolean): void {
  if (!isRight) throw new Unreadable(`a line of ${verb} reads ${JSON.stringify(words.join(' ').slice(0, 100))}`);
}
