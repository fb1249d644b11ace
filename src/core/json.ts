/** Text of a file, a line or an answer as JSON, for a schema to judge. */

/** Undefined, which no JSON means, where the text is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
