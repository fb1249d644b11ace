import type * as z from 'zod';

interface Inside {
  readonly shape?: Readonly<Record<string, Inside>>;
  readonly element?: Inside;
  readonly unwrap?: () => Inside;
}

/** The dotted paths of every key of a schema, sorted; `*` stands for a list's index. */
export function schemaPaths(schema: z.ZodType): string[] {
  const paths: string[] = [];
  const walk = (inside: Inside, path: string): void => {
    if (inside.unwrap !== undefined && inside.element === undefined) {
      walk(inside.unwrap(), path);
      return;
    }
    if (path !== '') paths.push(path);
    const below = path === '' ? '' : `${path}.`;
    for (const [key, value] of Object.entries(inside.shape ?? {})) walk(value, below + key);
    if (inside.element !== undefined) walk(inside.element, `${below}*`);
  };
  walk(schema as Inside, '');
  return paths.sort();
}
