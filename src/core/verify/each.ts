/** Long lists of foreign data. */
import type * as z from 'zod';

/**
 * The items of a list, each as its schema has it; null at the first that does not fit. A schema of the whole list would
 * explain every one of a million that do not.
 */
export function parseEach<S extends z.ZodType>(schema: S, items: readonly unknown[]): z.output<S>[] | null {
  const parsed: z.output<S>[] = [];
  for (const item of items) {
    const { data, success } = schema.safeParse(item);
    if (!success) return null;
    parsed.push(data);
  }
  return parsed;
}
