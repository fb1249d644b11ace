/** Whether a text is a brief: enough to offer the hand-off; whether it is a good one, the host says. */

/** Front matter is short; a key far below is none of it. */
const LOOKED_AT = 20_000;

/** True for Markdown whose front matter has the key `countersign`. */
export function looksLikeBrief(text: string): boolean {
  const front = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(0, LOOKED_AT));
  return front !== null && /^countersign[ \t]*:/m.test(front[1] ?? '');
}
