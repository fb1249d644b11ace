/** pip.conf and pip.ini: which index packages come from (pip docs, "Configuration"). */
import { Unreadable } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { parseIni } from './ini';
import { isUsualIndex } from './places';

const SETTINGS: ReadonlySet<string> = new Set([
  ...['index-url', 'index_url', 'extra-index-url', 'extra_index_url', 'find-links', 'find_links'],
  ...['trusted-host', 'trusted_host', 'no-index', 'no_index', 'proxy', 'cert'],
]);

/** The settings of every section (`global`, `install`, ...) that decide where packages come from. Throws Unreadable. */
export function readPipConf(text: string): Manifest {
  const ini = parseIni(text);
  if (ini === null) throw new Unreadable('it is no configuration of pip');
  const registries = new Map<string, string>();
  for (const [section, settings] of ini) {
    for (const [key, lines] of settings) {
      const values = lines.flatMap((line) => line.split(/\s+/)).filter((value) => !isUsualIndex(value));
      if (SETTINGS.has(key) && values.length > 0)
        registries.set(`${section}.${key.replaceAll('_', '-')}`, values.join(' '));
    }
  }
  return { ...EMPTY_MANIFEST, registries };
}
