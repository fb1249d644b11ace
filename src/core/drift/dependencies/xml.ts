/** XML read safely: well-formed, bounded in size and depth, without document types, and with one kind of failure. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Unreadable } from './document';

/** An element; prefixes of namespaces are dropped from names, and blanks around values. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, comments left out. */
  readonly text: string;
}

/** The longest text, in UTF-16 units: project files of people are a hundredth of it. */
const LONGEST = 8 * 1024 * 1024;
/** Levels of elements: project files have ten or so. */
const DEEPEST = 60;
const ATTRIBUTES = ':@';
const TEXT = '#text';

/** Entities stay as they are: a document type cannot make a small file large, and nothing is fetched. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
  jPath: false,
});

type Node = Readonly<Record<string, unknown>>;

/** The root of a well-formed document (XML 1.0). Throws Unreadable. */
export function parseXml(text: string): XmlElement {
  if (text.length > LONGEST) throw new Unreadable('it is too large');
  // What a document type defines would mean something else to the tool that reads the file.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable('it has a document type');
  let nodes: unknown;
  try {
    nodes = XMLValidator.validate(text) === true ? parser.parse(text) : null;
  } catch {
    nodes = null;
  }
  const [root] = Array.isArray(nodes) ? elementsOf(nodes) : [];
  if (root === undefined) throw new Unreadable('it is not well-formed XML');
  return root;
}

/** The children of that name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first descendant along a path of names. */
export function childOf(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) found = childrenOf(found, name)[0];
  return found;
}

/** The text of the first descendant along a path of names; empty when there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  return childOf(element, ...path)?.text ?? '';
}

/** The parser limits the depth, and so this recursion. */
function elementsOf(nodes: readonly unknown[]): XmlElement[] {
  return nodes.flatMap((each) => {
    const node = each as Node;
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name === undefined || name === TEXT) return [];
    const inside = Array.isArray(node[name]) ? node[name] : [];
    const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Node);
    return {
      name,
      attributes: new Map(attributes.map(([key, value]) => [key, decoded(String(value).trim())])),
      children: elementsOf(inside),
      text: decoded(inside.flatMap((child: Node) => (TEXT in child ? String(child[TEXT]) : [])).join('')).trim(),
    };
  });
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities that XML itself defines, and numbers of characters; anything else stays as it is. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
