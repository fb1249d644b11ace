/** Shapes that the messages of every page share. */
import * as z from 'zod/mini';

export const text = z.string();
export const tone = z.enum(['good', 'careful', 'bad', 'plain']);
export type Tone = z.infer<typeof tone>;

/** What is said in words and with a symbol, never by colour alone. */
export const mark = z.object({ tone, symbol: text, words: text });
export type Mark = z.infer<typeof mark>;

export const row = z.object({ label: text, value: text });
export type Row = z.infer<typeof row>;
