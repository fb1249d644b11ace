/** XML as reports of test runners hold it: elements, attributes and text, without a document type's power over them. */
import { XMLParser } from 'fast-xml-parser';

export type Element = Readonly<Record<string, unknown>>;

const ATTRIBUTE = '@';
const TEXT = '#text';
const CDATA = '#cdata';

/**
 * Entities stay as they are: a document type cannot make a small file large, and nothing is fetched. The parser limits
 * the depth itself, and so every recursion over what it returns.
 */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  allowBooleanAttributes: true,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
});

/** The element that holds the outermost ones, or why the text is no XML. Never throws. */
export function parseXml(text: string): { readonly root: Element } | { readonly why: string } {
  try {
    return { root: parser.parse(text) as Element };
  } catch (error) {
    return { why: `not well-formed XML: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The elements of one name inside another, in order. */
export function children(element: Element, name: string): readonly Element[] {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  if (!Array.isArray(value)) return [];
  // An element of text alone is parsed to a string, an empty one to an empty string.
  return value.map((child) => (typeof child === 'object' && child !== null ? child : { [TEXT]: child }));
}

export function has(element: Element, name: string): boolean {
  return Object.hasOwn(element, name);
}

/** An attribute as it is written, its entities too; empty when it is absent. */
export function attribute(element: Element, name: string): string {
  const value = element[ATTRIBUTE + name];
  return typeof value === 'string' ? value : '';
}

/** A whole number of an attribute; 0 for anything else. */
export function number(element: Element, name: string): number {
  const value = attribute(element, name);
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

/** The text of an element; what is in a CDATA section stands as it is. */
export function textOf(element: Element): string {
  const texts = (name: string) => [element[name]].flat().filter((value) => typeof value === 'string');
  return [...texts(TEXT).map(decode), ...texts(CDATA)].join('').trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML itself, and characters by number. */
export function decode(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, named, decimal, hex) => {
    if (named !== undefined) return NAMED[named]!;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
