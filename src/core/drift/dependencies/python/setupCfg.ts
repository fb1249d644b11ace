/** setup.cfg of setuptools (setuptools docs, "Configuring setuptools using setup.cfg files"). */
import { Unreadable } from '../document';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { parseIni } from './ini';
import { isRequirementsFile } from './names';
import { requirementsOf } from './pep508';
import { isUsualIndex } from './places';

const LISTS = ['install_requires', 'setup_requires', 'tests_require'];

/** Reads a setup.cfg; one of other tools only wants nothing. Throws Unreadable. */
export function readSetupCfg(text: string): Manifest {
  const ini = parseIni(text);
  if (ini === null) throw new Unreadable('it is no file of sections and settings');
  const faults: string[] = [];
  const options = ini.get('options') ?? new Map<string, readonly string[]>();
  // Both spellings are read (setuptools took dashes until version 78).
  const lines = (key: string) => options.get(key) ?? options.get(key.replace('_', '-'));
  const requirements: Requirement[] = [
    ...LISTS.flatMap((key) => listed(key, lines(key), faults)),
    ...[...(ini.get('options.extras_require') ?? [])].flatMap(([extra, list]) =>
      listed(`extras_require.${extra}`, list, faults),
    ),
  ];
  const hooks = new Map<string, string>();
  for (const line of lines('cmdclass') ?? []) hooks.set(`cmdclass ${line.split('=', 1)[0]?.trim() ?? ''}`, line);
  const registries = new Map<string, string>();
  const links = lines('dependency_links') ?? [];
  if (links.length > 0) registries.set('dependency_links', links.join(' '));
  const easy = ini.get('easy_install');
  for (const key of ['index_url', 'find_links']) {
    const value = easy?.get(key)?.join(' ');
    if (value && !isUsualIndex(value)) registries.set(`easy_install.${key}`, value);
  }
  return { requirements: merged(requirements), hooks, registries, faults };
}

/** A list over several lines, or one line with semicolons (setuptools docs, "list-semi"); or the name of a file. */
function listed(group: string, lines: readonly string[] | undefined, faults: string[]): Requirement[] {
  const [first = ''] = lines ?? [];
  if (first.startsWith('file:')) {
    const files = (lines ?? [])
      .join(',')
      .slice('file:'.length)
      .split(',')
      .map((file) => file.trim());
    faults.push(...files.filter((file) => file !== '' && !isRequirementsFile(file)).map((file) => `${group}: ${file}`));
    return [];
  }
  const isOneLine = lines?.length === 1 && !/;\s*(?:\(|python_|sys_|os_|platform_|implementation_|extra\b)/.test(first);
  return requirementsOf(isOneLine ? first.split(';').filter((one) => one.trim() !== '') : lines, { group }, faults);
}
