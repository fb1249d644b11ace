/** conanfile.txt (Conan's documentation, "conanfile.txt"). */
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { requirementOf } from './conanReference';

const SECTIONS: ReadonlySet<string> = new Set(['requires', 'tool_requires', 'build_requires', 'test_requires']);

/** Reads a conanfile.txt; a line that is no reference is a fault. */
export function readConanfileText(text: string): Manifest {
  const requirements: Requirement[] = [];
  const faults = new Set<string>();
  let section = '';
  for (const written of text.split(/\r?\n/)) {
    // A revision begins with the same sign as a comment, and without a space.
    const line = written.replace(/(?:^|\s)#[\s\S]*$/, '').trim();
    const title = /^\[([^\]]*)\]$/.exec(line)?.[1];
    if (title !== undefined) section = title;
    else if (line !== '' && SECTIONS.has(section)) {
      const requirement = requirementOf(section, line);
      if (requirement) requirements.push(requirement);
      else faults.add(section);
    } else if (line !== '' && section === '') faults.add('the top');
  }
  return { ...EMPTY_MANIFEST, requirements, faults: [...faults] };
}
