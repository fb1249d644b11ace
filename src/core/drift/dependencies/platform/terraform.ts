/** *.tf: providers and modules by their literals (Terraform documentation, "Provider Requirements" and "Module Sources"). */
import { HCL_SYNTAX, type Token } from '../lexer';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { isSign, type Statement, statementsOf } from '../statements';
import { repositoryOf } from './git';
import { providerOf } from './terraformAddress';

/** Reads what a configuration requires. Throws Unreadable. */
export function readTerraform(text: string): Manifest {
  const providers = new Map<string, Map<string, string>>();
  const modules = new Map<Statement, Map<string, string>>();
  for (const statement of statementsOf(text, HCL_SYNTAX)) {
    const { tokens, within } = statement;
    const kind = within?.tokens[0]?.text;
    if (within !== null && kind === 'module') modules.set(within, pairsOf(tokens, modules.get(within)));
    else if (kind === 'required_providers') {
      const name = tokens[0]?.text ?? '';
      const plain = tokens[2];
      if (isSign(tokens[1], '=') && plain?.kind === 'text') providers.set(name, new Map([['version', plain.text]]));
      else if (tokens.length > 0) providers.set(name, providers.get(name) ?? new Map());
    } else if (within?.within?.tokens[0]?.text === 'required_providers' && kind !== undefined) {
      providers.set(kind, pairsOf(tokens, providers.get(kind)));
    }
  }
  const requirements = [
    ...[...providers].map(([name, values]) => provider(name, values)),
    ...[...modules.values()].flatMap(moduleOf),
  ];
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

/** `name = "text"`, one or more of them. */
function pairsOf(tokens: readonly Token[], before: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const values = new Map(before);
  for (const [index, token] of tokens.entries()) {
    const value = tokens[index + 2];
    const isPair = token.kind === 'word' && isSign(tokens[index + 1], '=') && value?.kind === 'text';
    if (isPair && ['source', 'version'].includes(token.text)) values.set(token.text, value.text);
  }
  return values;
}

function provider(local: string, values: ReadonlyMap<string, string>): Requirement {
  const { name, host } = providerOf(values.get('source') ?? `hashicorp/${local}`);
  return {
    group: 'required_providers',
    name,
    package: name,
    spec: values.get('version') ?? '',
    source: host === null ? null : `the registry ${host}`,
    ...(host === null ? {} : { origin: host }),
    everywhere: false,
  };
}

/** A path is the project's own; `namespace/name/provider` is the registry's; the rest are addresses. */
function moduleOf(values: ReadonlyMap<string, string>): Requirement[] {
  const source = values.get('source')?.trim() ?? '';
  if (source === '' || /^\.{1,2}\//.test(source)) return [];
  const own = { group: 'modules', everywhere: false };
  const registry = /^(?:([\w-]+(?:\.[\w-]+)+(?::\d+)?)\/)?[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/.exec(source);
  const host = registry?.[1];
  const isGithub = host === 'github.com' || host === 'bitbucket.org';
  if (registry && !isGithub) {
    const other = host === undefined || /^registry\.(?:terraform\.io|opentofu\.org)$/.test(host) ? null : host;
    const place = other === null ? {} : { origin: other };
    return [
      {
        ...own,
        name: source,
        package: source,
        spec: values.get('version') ?? '',
        source: other && `the registry ${other}`,
        ...place,
      },
    ];
  }
  const [address = '', query = ''] = source.split('?', 2);
  const place = address.replace(/^git::/, '').replace(/^(github\.com\/)/i, 'https://$1');
  // What stands behind a double slash is a folder of the repository.
  const folder = place.indexOf('//', place.indexOf('://') + 3);
  const repository = folder === -1 ? place : place.slice(0, folder);
  const path = folder === -1 ? '' : place.slice(folder);
  const isGit = /^git(?:::|@)|\.git(?:\/\/|$)|^github\.com\//i.test(address);
  const named = isGit
    ? repositoryOf(repository)
    : { name: repository, package: repository, source: 'a URL', origin: repository };
  // Modules come from the registry, so that a repository is another source even on GitHub.
  return [{ ...own, ...named, source: isGit ? 'git' : named.source, origin: repository, spec: `${query}${path}` }];
}
