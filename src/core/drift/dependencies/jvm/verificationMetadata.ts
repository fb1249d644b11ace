/** gradle/verification-metadata.xml (Gradle User Manual, "Verifying dependencies"). */
import { Unreadable } from '../document';
import { integrityOf } from '../integrity';
import type { LockedPackage, Lockfile } from '../model';
import { childOf, childrenOf, parseXml, textAt, type XmlElement } from '../xml';

const HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha512', 'pgp']);
/** Sections of the configuration that take artifacts or keys out of the verification. */
const TRUST = ['trusted-artifacts', 'ignored-keys', 'trusted-keys'];

/** Reads verification metadata; it does not say what needs what. Throws Unreadable. */
export function readVerificationMetadata(text: string): Lockfile {
  const root = parseXml(text);
  if (root.name !== 'verification-metadata') throw new Unreadable('its root is no verification metadata');
  const configuration = childOf(root, 'configuration');
  const locked = [
    ...childrenOf(childOf(root, 'components'), 'component').map(component),
    ...['verify-metadata', 'verify-signatures'].map((name) => flag(name, textAt(configuration, name))),
    ...TRUST.flatMap((section) => trusted(section, childOf(configuration, section))),
  ];
  return {
    packages: new Map(locked.map((each) => [JSON.stringify([each.name, each.version]), each])),
    edges: false,
    resolve: () => [],
  };
}

/** A component, its integrity being the hashes of its artifacts by name. */
function component(element: XmlElement): LockedPackage {
  const at = (name: string) => element.attributes.get(name) ?? '';
  const files = childrenOf(element, 'artifact').flatMap((artifact) =>
    artifact.children
      .filter(({ name }) => HASHES.has(name))
      .flatMap((hash) =>
        [hash, ...childrenOf(hash, 'also-trust')].map((each) => ({
          name: artifact.attributes.get('name') ?? '',
          hash: `${hash.name}:${(each.attributes.get('value') ?? '').toLowerCase()}`,
        })),
      ),
  );
  return entry(`${at('group')}:${at('name')}`, at('version'), integrityOf(files));
}

/** What is verified at all: once it was, it may not be switched off. */
function flag(name: string, value: string): LockedPackage {
  return entry(`configuration:${name}`, null, value === 'true' ? 'true' : null);
}

function trusted(section: string, list: XmlElement | undefined): LockedPackage[] {
  const leaves = (element: XmlElement): XmlElement[] =>
    element.children.length === 0 ? [element] : element.children.flatMap(leaves);
  return (list?.children ?? []).flatMap((item) =>
    leaves(item).map((leaf) => {
      const attributes = [...new Map([...item.attributes, ...leaf.attributes])].filter(([name]) => name !== 'reason');
      const words = attributes.map(([name, value]) => `${name}=${value}`).sort();
      return entry(`configuration:${section} ${words.join(' ')}`, null, null);
    }),
  );
}

function entry(name: string, version: string | null, integrity: string | null): LockedPackage {
  return { name, version, resolved: null, integrity, hasInstallScript: false, needs: [] };
}
