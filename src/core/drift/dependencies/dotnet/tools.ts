/** global.json and dotnet-tools.json (.NET documentation, "global.json overview" and "dotnet tool restore"). */
import * as z from 'zod';
import { parseJsonc, word, wordTable } from '../document';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { packageOf } from './packageId';

const globalJson = z.looseObject({
  sdk: z.looseObject({ version: word.optional() }).optional(),
  'msbuild-sdks': wordTable.optional(),
});
const dotnetTools = z.looseObject({
  tools: z.record(word, z.looseObject({ version: word })).optional(),
});

/** Reads which SDK builds the projects, and which of NuGet's SDKs they use. Throws Unreadable. */
export function readGlobalJson(text: string): Manifest {
  const json = parseJsonc(text, globalJson);
  const version = json.sdk?.version;
  const sdk = version === undefined ? [] : [{ ...packageOf('sdk', 'dotnet-sdk', version), ecosystem: 'generic' }];
  return { ...EMPTY_MANIFEST, requirements: [...sdk, ...listed('msbuild-sdks', json['msbuild-sdks'] ?? {})] };
}

/** Reads the tools of a folder. Throws Unreadable. */
export function readDotnetTools(text: string): Manifest {
  const { tools } = parseJsonc(text, dotnetTools);
  const versions = Object.entries(tools ?? {}).map(([id, { version }]) => [id, version] as const);
  return { ...EMPTY_MANIFEST, requirements: listed('tools', Object.fromEntries(versions)) };
}

function listed(group: string, versions: Readonly<Record<string, string>>): Requirement[] {
  return Object.entries(versions).map(([id, version]) => packageOf(group, id, version));
}
