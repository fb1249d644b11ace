/**
 * gradle-wrapper.properties and maven-wrapper.properties: the build tool that a checkout downloads and runs (Gradle User
 * Manual, "Gradle Wrapper Reference"; Apache Maven Wrapper, "Usage").
 */
import { Unreadable } from '../document';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { originOf } from '../origin';

const USUAL: ReadonlySet<string> = new Set([
  'https://services.gradle.org',
  'https://downloads.gradle.org',
  'https://repo.maven.apache.org',
  'https://repo1.maven.org',
]);

/** Settings that name a download, and those that name its hash. */
const DOWNLOADS = [
  ['distributionUrl', 'distributionSha256Sum'],
  ['wrapperUrl', 'wrapperSha256Sum'],
] as const;

/** Reads the properties of a wrapper. Throws Unreadable where no distribution is named. */
export function readWrapper(text: string): Manifest {
  const properties = propertiesOf(text);
  if (!properties.has('distributionUrl')) throw new Unreadable('it names no distribution');
  const requirements = DOWNLOADS.flatMap(([address, sum]): Requirement[] => {
    const url = properties.get(address);
    const hash = properties.get(sum);
    if (url === undefined) return [];
    const origin = originOf(url) ?? '';
    return [
      {
        group: address,
        name: toolOf(url),
        package: toolOf(url),
        spec: url,
        source: USUAL.has(origin) ? null : origin === 'path:' ? 'a path' : `the host ${origin}`,
        ...(USUAL.has(origin) ? {} : { origin }),
        everywhere: false,
        ...(hash ? { integrity: hash.toLowerCase() } : {}),
      },
    ];
  });
  return { ...EMPTY_MANIFEST, requirements };
}

/** The name of what is downloaded, without its version: `gradle` of `…/gradle-8.5-bin.zip`. */
function toolOf(url: string): string {
  const file = url.slice(url.lastIndexOf('/') + 1);
  return /^([a-z]+(?:-[a-z]+)*)-v?\d/i.exec(file)?.[1] ?? 'distribution';
}

/** `key=value` lines; a backslash hides the meaning of the next sign (java.util.Properties, "load"). */
function propertiesOf(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#!]/.test(trimmed)) continue;
    const [, key = '', value = ''] = /^([^=:\s]+)(?:\s*[=:]|\s)(.*)$/.exec(trimmed) ?? [];
    properties.set(key, value.trim().replace(/\\(.)/g, '$1'));
  }
  return properties;
}
