/** `.swiftpm/configuration`: mirrors and registries (Swift's documentation, "Package Registry Usage"). */
import * as z from 'zod';
import { parseJson, word } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';

const settings = z.looseObject({
  object: z.array(z.looseObject({ original: word, mirror: word })).optional(),
  registries: z.record(word, z.looseObject({ url: word })).optional(),
});

/** Reads a mirrors.json or registries.json. Throws Unreadable. */
export function readSwiftSettings(text: string): Manifest {
  const { object, registries } = parseJson(text, settings);
  return {
    ...EMPTY_MANIFEST,
    registries: new Map([
      ...(object ?? []).map(({ original, mirror }) => [`mirror of ${original}`, mirror] as const),
      ...Object.entries(registries ?? {}).map(([scope, { url }]) => [`registry ${scope}`, url] as const),
    ]),
  };
}
