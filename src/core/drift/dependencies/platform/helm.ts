/** Charts of Helm: Chart.yaml and Chart.lock, and the older requirements.yaml and .lock (Helm documentation, "Charts"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type LockedPackage, type Lockfile, type Manifest } from '../model';

const dependency = z.looseObject({ name: word, version: word.optional(), repository: word.optional() });
const list = z.array(dependency).or(z.literal('')).optional();
// A list on its own is a requirements.yaml of something else.
const chart = z
  .looseObject({ dependencies: list })
  .or(z.array(z.unknown()).transform(() => ({ dependencies: undefined })));

/** Reads what a chart depends on. Throws Unreadable. */
export function readChart(text: string): Manifest {
  const { dependencies } = parseYaml(text, chart);
  const requirements = (dependencies || []).flatMap(({ name, version = '', repository = '' }) => {
    if (isOwn(repository)) return [];
    const origin = repository.trim().replace(/\/$/, '');
    const source = origin === '' || /^(?:@|alias:)/.test(origin) ? null : `the repository ${origin}`;
    return [
      {
        group: 'dependencies',
        name,
        package: name,
        spec: [version, origin].filter((part) => part !== '').join(' from '),
        source,
        ...(source === null ? {} : { origin }),
        everywhere: false,
      },
    ];
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

/** Reads the lockfile of a chart. Throws Unreadable. */
export function readChartLock(text: string): Lockfile {
  const { dependencies } = parseYaml(text, chart);
  const packages = new Map(
    (dependencies || [])
      .filter(({ repository = '' }) => !isOwn(repository))
      .map(({ name, version, repository = '' }, index): [string, LockedPackage] => [
        String(index),
        {
          name,
          version: version ?? null,
          resolved: /^(?:https?|oci):/.test(repository)
            ? repository.replace(/^oci:/, 'https:').replace(/\/$/, '')
            : null,
          integrity: null,
          hasInstallScript: false,
          needs: [],
        },
      ]),
  );
  const keys = (name: string) => [...packages].flatMap(([key, locked]) => (locked.name === name ? [key] : []));
  return { packages, resolve: (_importer, name) => keys(name) };
}

/** Charts of the same repository. */
function isOwn(repository: string): boolean {
  return repository.startsWith('file:');
}
