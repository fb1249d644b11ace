/** From a file's bytes to text that a parser may read: size, encoding, byte order mark, line ends. */
import { type ErrorCode, fail } from '../errors';

/** How a kind of file names its failures, and how large it may be. */
export interface SourceKind {
  /** What the file is called in messages. */
  readonly noun: string;
  readonly maxBytes: number;
  /** Null: an empty file is as good as any. */
  readonly empty: ErrorCode | null;
  readonly tooLarge: ErrorCode;
  readonly encoding: ErrorCode;
}

/**
 * The text of a file, without its byte order mark and with LF line ends. `file` names it in messages. Throws the codes
 * of `kind` for a file that is empty, too large, or not UTF-8.
 */
export function readSource(source: string | Uint8Array, file: string, kind: SourceKind): string {
  const size = typeof source === 'string' ? utf8Length(source, kind.maxBytes) : source.length;
  if (size > kind.maxBytes) {
    fail(kind.tooLarge, `${file}: the ${kind.noun} is larger than ${kind.maxBytes / 1024} KiB`);
  }
  const text = typeof source === 'string' ? source : decode(source, file, kind.encoding);
  const line = lineOfBadCharacter(text);
  if (line !== null) {
    fail(kind.encoding, `${file}:${line}: found a NUL or half a surrogate pair, expected text in UTF-8`);
  }
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (plain.trim() === '' && kind.empty !== null) fail(kind.empty, `${file}: the ${kind.noun} is empty`);
  return plain;
}

/** Bytes in UTF-8; a text with more characters than `enough` is not measured further. */
function utf8Length(text: string, enough: number): number {
  return text.length > enough ? text.length : new TextEncoder().encode(text).length;
}

function decode(bytes: Uint8Array, file: string, code: ErrorCode): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    fail(code, `${file}: found UTF-16 (its byte order mark), expected UTF-8`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const at = firstBadByte(bytes);
    const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
    fail(code, `${file}:${line}: found bytes that are not UTF-8 (at offset ${at}), expected UTF-8`);
  }
}

/** Where decoding stops, found by halving: a prefix decodes as a stream as long as no byte in it is wrong. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

/** A NUL (binary, or UTF-16 without a mark) or a lone surrogate, which has no form in UTF-8. */
function lineOfBadCharacter(text: string): number | null {
  const at = text.search(/[\0\p{Surrogate}]/u);
  return at < 0 ? null : text.slice(0, at).split(/\r\n?|\n/).length;
}
