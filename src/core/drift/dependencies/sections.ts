/** Sections of a manifest read one by one, so that a broken one cannot hide the others. */
import type * as z from 'zod';

/** Reads a section by its key: undefined when it is absent or of another shape. */
export type SectionReader = <T extends z.ZodType>(key: string, schema: T) => z.output<T> | undefined;

/**
 * A reader of the sections of `table`.
 *
 * @param prefix what the names of broken sections begin with
 * @param faults takes the names of broken sections
 */
export function sectionsOf(table: Readonly<Record<string, unknown>>, prefix: string, faults: string[]): SectionReader {
  return (key, schema) => {
    if (!Object.hasOwn(table, key)) return undefined;
    const result = schema.safeParse(table[key]);
    if (!result.success) faults.push(`${prefix}${key}`);
    return result.data;
  };
}
