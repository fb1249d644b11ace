/** .mvn/extensions.xml: what Maven loads before it reads any project (Maven documentation, "Core Extensions"). */
import { Unreadable } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { childrenOf, parseXml, textAt } from '../xml';

/** Reads a .mvn/extensions.xml. Throws Unreadable. */
export function readMavenExtensions(text: string): Manifest {
  const root = parseXml(text);
  if (root.name !== 'extensions') throw new Unreadable('its root is no list of extensions');
  const requirements = childrenOf(root, 'extension').map((element) => {
    const name = `${textAt(element, 'groupId')}:${textAt(element, 'artifactId')}`;
    const spec = textAt(element, 'version');
    return { group: 'extensions', name, package: name, spec, source: null, everywhere: false };
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}
