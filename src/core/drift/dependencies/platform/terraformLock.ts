/** .terraform.lock.hcl (Terraform documentation, "Dependency Lock File"). */
import { Unreadable } from '../document';
import { HCL_SYNTAX } from '../lexer';
import type { LockedPackage, Lockfile } from '../model';
import { isSign, type Statement, statementsOf } from '../statements';
import { isProvider, providerOf } from './terraformAddress';

interface Block {
  readonly address: string;
  version: string | null;
  hashes: readonly string[];
}

/** Reads a dependency lock file. Throws Unreadable. */
export function readTerraformLock(text: string): Lockfile {
  const blocks = new Map<Statement, Block>();
  for (const statement of statementsOf(text, HCL_SYNTAX)) {
    const { tokens, within } = statement;
    const [first, second, third] = tokens;
    if (within === null) {
      if (first?.text !== 'provider' || second?.kind !== 'text')
        throw new Unreadable('it locks something else than providers');
      blocks.set(statement, { address: second.text, version: null, hashes: [] });
      continue;
    }
    const block = blocks.get(within);
    if (block === undefined || !isSign(second, '=')) continue;
    if (first?.text === 'version' && third?.kind === 'text') block.version = third.text;
    if (first?.text === 'hashes') block.hashes = tokens.flatMap((token) => (token.kind === 'text' ? token.text : []));
  }
  const packages = new Map([...blocks.values()].map((block) => [block.address, locked(block)]));
  const keys = new Map([...packages].map(([key, { name }]) => [name, key]));
  // A module brings providers with it, and the file does not say which.
  const resolve = (_importer: string, name: string) => {
    const key = keys.get(providerOf(name).name);
    return isProvider(name) ? [key ?? []].flat() : [...packages.keys()];
  };
  return { packages, resolve };
}

function locked({ address, version, hashes }: Block): LockedPackage {
  const { name, host } = providerOf(address);
  // Those of archives are of every platform at once; the others come with each platform that somebody uses.
  const archives = hashes.filter((hash) => hash.startsWith('zh:'));
  const listed = [...(archives.length > 0 ? archives : hashes)].sort();
  return {
    name,
    version,
    resolved: host === null ? null : `https://${name}`,
    integrity: listed.length === 0 ? null : listed.join(' '),
    hasInstallScript: false,
    needs: [],
  };
}
