/** What a host that died while it verified left behind: HOMEs of its checks, and half-made entries of the setup cache. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MAKING } from './setupCache';

/** Called by the owner of the state directory, before any check runs. */
export async function sweepChecks(places: { readonly homes: string; readonly cache: string }): Promise<void> {
  const homes = await namesIn(places.homes);
  const unfinished = (await namesIn(places.cache)).filter((name) => name.startsWith(MAKING));
  const paths = [
    ...homes.map((name) => join(places.homes, name)),
    ...unfinished.map((name) => join(places.cache, name)),
  ];
  for (const path of paths) await rm(path, { recursive: true, force: true });
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
