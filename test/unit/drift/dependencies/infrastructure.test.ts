/** `deps/*` read from what infrastructure is made of: flakes, providers and modules, charts. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  findingsOf,
  forWindows,
  itJudges,
  LOCK_MOVED,
  LOCK_TAMPERED,
  listed,
  REMOVED,
  SOURCE,
  UNPARSED,
} from './buildFiles';

const flake = (inputs: string) => `{
  description = "an app";
  inputs = {
${inputs}  };
  outputs = { self, nixpkgs, ... }@inputs: let
    pkgs = nixpkgs.legacyPackages.x86_64-linux;
  in {
    packages.default = pkgs.mkDerivation { src = ''it''\${x} "quoted" ''' { ''; inputs.a.url = "x"; };
  };
}
`;
const nixpkgs = '    nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05";\n';
const utils = '    utils = { url = "github:numtide/flake-utils"; inputs.nixpkgs.follows = "nixpkgs"; };\n';

describe('a changed flake.nix', () => {
  const base = flake(nixpkgs + utils);
  itJudges('flake.nix', [
    ['adds', flake(nixpkgs), base, [ADDED]],
    ['removes', base, flake(nixpkgs), [REMOVED]],
    ['changes', base, base.replace('24.05', '24.11'), [CHANGED]],
    ['comes from another owner', base, base.replace('numtide', 'example'), [ADDED, REMOVED]],
    ['renames an input', base, base.replace('utils = {', 'u = {'), []],
    [
      'is written in one line',
      flake(nixpkgs),
      `{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-24.05"; outputs = x: x; }\n`,
      [],
    ],
    [
      'is written by attributes',
      flake(nixpkgs),
      flake('    nixpkgs = { type = "github"; owner = "NixOS"; repo = "nixpkgs"; ref = "nixos-24.05"; };\n'),
      [],
    ],
    ['comes from the registry of flakes', flake(''), flake('    nixpkgs.url = "nixpkgs/nixos-24.05";\n'), [ADDED]],
    [
      'comes from git',
      flake(nixpkgs),
      flake(`${nixpkgs}    x.url = "git+https://git.example.com/x?ref=main";\n`),
      [ADDED, SOURCE],
    ],
    [
      'changes what comes from git',
      flake('    x.url = "git+https://git.example.com/x?ref=a";\n'),
      flake('    x.url = "git+https://git.example.com/x?ref=b";\n'),
      [CHANGED],
    ],
    [
      'comes from another service',
      flake(nixpkgs),
      flake(`${nixpkgs}    x.url = "gitlab:example/x";\n`),
      [ADDED, SOURCE],
    ],
    ['comes from a folder of its own', flake(nixpkgs), flake(`${nixpkgs}    x.url = "path:./x";\n`), []],
    ['makes something else', base, base.replace('"x"', '"github:evil/x"').replace('quoted', 'q'), []],
    ['gets a comment', base, base.replace('  inputs = {', '  # nixpkgs.url = "github:evil/x";\n  inputs = {'), []],
    ['is saved on Windows', base, forWindows(base), []],
    ['is cut off', base, base.slice(0, -4), [UNPARSED]],
  ]);
});

describe('flake.lock', () => {
  const locked = (owner: string, repo: string, rev: string, hash = `sha256-${rev}`) => ({
    lastModified: 1,
    narHash: hash,
    owner,
    repo,
    rev,
    type: 'github',
  });
  const lock = (nodes: object, inputs: object = { nixpkgs: 'nixpkgs', utils: 'utils' }) =>
    `${JSON.stringify({ nodes: { root: { inputs }, ...nodes }, root: 'root', version: 7 }, null, 2)}\n`;
  const original = (owner: string, repo: string, ref?: string) => ({
    owner,
    repo,
    type: 'github',
    ...(ref ? { ref } : {}),
  });
  const both = (rev: string, systems = '1', more: { hash?: string; owner?: string } = {}) => ({
    nixpkgs: {
      locked: locked(more.owner ?? 'NixOS', 'nixpkgs', rev, more.hash),
      original: original('NixOS', 'nixpkgs', 'nixos-24.05'),
    },
    utils: {
      locked: locked('numtide', 'flake-utils', '1'),
      original: original('numtide', 'flake-utils'),
      inputs: { systems: 'systems', nixpkgs: ['nixpkgs'] },
    },
    systems: { locked: locked('nix-systems', 'default', systems), original: original('nix-systems', 'default') },
  });
  const before = lock(both('1'));
  itJudges('flake.lock', [
    ['moves alone', before, lock(both('2')), [LOCK_MOVED]],
    ['demands another hash', before, lock(both('1', '1', { hash: 'evil' })), [LOCK_TAMPERED]],
    ['comes from another owner than asked for', before, lock(both('2', '1', { owner: 'evil' })), [SOURCE, LOCK_MOVED]],
    ['is formatted', before, JSON.stringify(JSON.parse(before)), []],
    ['names nodes otherwise', before, before.replaceAll('"systems"', '"systems_2"'), []],
    [
      'comes from an address',
      before,
      lock({
        ...both('1'),
        x: {
          locked: { type: 'tarball', url: 'https://example.com/x.tar.gz', narHash: 'a' },
          original: { type: 'tarball', url: 'https://example.com/x.tar.gz' },
        },
      }),
      [SOURCE, LOCK_MOVED],
    ],
    ['is broken', before, before.slice(0, -5), [UNPARSED]],
    ['is of a later version', before, before.replace('"version": 7', '"version": 8'), [UNPARSED]],
  ]);
  it('follows from a changed input, with what that needs', async () => {
    const tree = (text: string, nodes: object) => ({ 'flake.nix': text, 'flake.lock': lock(nodes) });
    const base = tree(flake(nixpkgs + utils), both('1'));
    const bumped = tree(flake(nixpkgs.replace('24.05', '24.11') + utils), both('2'));
    assert.deepEqual(await findingsOf(base, bumped), [`${CHANGED} flake.nix`]);
    const changed = flake(nixpkgs + utils.replace('flake-utils"', 'flake-utils/v2"'));
    assert.deepEqual(await findingsOf(base, tree(changed, both('1', '2'))), [`${CHANGED} flake.nix`]);
    assert.deepEqual(await findingsOf(base, tree(changed, both('2', '1'))), [`${CHANGED} flake.nix`]);
  });
  it('does not follow from another input', async () => {
    const tree = (text: string, nodes: object) => ({ 'flake.nix': text, 'flake.lock': lock(nodes) });
    const base = tree(flake(nixpkgs + utils), both('1'));
    const head = tree(flake(nixpkgs.replace('24.05', '24.11') + utils), both('2', '2'));
    assert.deepEqual(await findingsOf(base, head), [`${CHANGED} flake.nix`, `${LOCK_MOVED} flake.lock`]);
  });
});

describe('a changed configuration of Terraform', () => {
  const configuration = (providers: string, more = '') => `terraform {
  required_version = ">= 1.5"
  required_providers {
${providers}  }
}
${more}`;
  const aws = '    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 5.0"\n    }\n';
  const base = configuration(aws);
  const module = (source: string, more = '') => `module "a" {\n  source = "${source}"\n${more}}\n`;
  itJudges('infra/main.tf', [
    ['adds', base, configuration(`${aws}    random = { source = "hashicorp/random", version = "3" }\n`), [ADDED]],
    ['removes', base, configuration(''), [REMOVED]],
    ['changes', base, base.replace('5.0', '6.0'), [CHANGED]],
    ['comes from another owner', base, base.replace('hashicorp/aws', 'example/aws'), [ADDED, REMOVED]],
    [
      'comes from another registry',
      base,
      base.replace('hashicorp/aws', 'tf.example.com/hashicorp/aws'),
      [ADDED, REMOVED, SOURCE],
    ],
    ['names the registry', base, base.replace('hashicorp/aws', 'registry.terraform.io/hashicorp/aws'), []],
    ['is written the old way', base, configuration('    aws = "~> 5.0"\n'), []],
    ['uses a module', base, configuration(aws, module('example/vpc/aws', '  version = "1.0"\n')), [ADDED]],
    [
      'changes a module',
      configuration(aws, module('example/vpc/aws', '  version = "1"\n')),
      configuration(aws, module('example/vpc/aws', '  version = "2"\n')),
      [CHANGED],
    ],
    [
      'configures a module',
      configuration(aws, module('example/vpc/aws')),
      configuration(aws, module('example/vpc/aws', '  cidr = "10.0.0.0/8"\n  tags = { source = "x" }\n')),
      [],
    ],
    ['uses a module of its own', base, configuration(aws, module('./modules/vpc')), []],
    [
      'uses a module of git',
      base,
      configuration(aws, module('git::https://git.example.com/x.git?ref=v1')),
      [ADDED, SOURCE],
    ],
    [
      'changes a module of git',
      configuration(aws, module('git::https://git.example.com/x.git//sub?ref=v1')),
      configuration(aws, module('git::https://git.example.com/x.git//sub?ref=v2')),
      [CHANGED],
    ],
    ['uses a module of GitHub', base, configuration(aws, module('github.com/example/x?ref=v1')), [ADDED, SOURCE]],
    [
      'makes a resource',
      base,
      configuration(
        aws,
        `resource "a" "b" {\n  source = "x"\n  v = "\${lookup({ a = "b" }, "x")}"\n  t = <<EOT\nmodule "x" {\nEOT\n}\n`,
      ),
      [],
    ],
    [
      'spreads an expression over lines',
      base,
      configuration(aws, `resource "a" "b" {\n  v = "\${concat(\n    a.b, ["x"],\n  )}"\n}\n`),
      [],
    ],
    ['gets comments', base, `# module "x" { source = "evil/x/y" }\n/* { */ // }\n${base}`, []],
    ['is saved on Windows', base, forWindows(base), []],
    ['is cut off', base, base.slice(0, -4), [UNPARSED]],
  ]);
});

describe('.terraform.lock.hcl', () => {
  const provider = (name: string, version: string, hashes: readonly string[], constraints = '') =>
    `provider "${name}" {\n  version = "${version}"\n${constraints}  hashes = [\n${hashes.map((hash) => `    "${hash}",\n`).join('')}  ]\n}\n`;
  const aws = (version: string, ...hashes: readonly string[]) =>
    provider('registry.terraform.io/hashicorp/aws', version, hashes);
  const before = aws('5.0.0', 'h1:a', 'zh:a', 'zh:b');
  itJudges('infra/.terraform.lock.hcl', [
    ['moves alone', before, aws('5.1.0', 'h1:c', 'zh:c'), [LOCK_MOVED]],
    ['demands other hashes', before, aws('5.0.0', 'h1:a', 'zh:a', 'zh:evil'), [LOCK_TAMPERED]],
    ['demands no hashes of archives any more', before, aws('5.0.0', 'h1:evil'), [LOCK_TAMPERED]],
    ['knows one more platform', before, aws('5.0.0', 'h1:a', 'h1:b', 'zh:a', 'zh:b'), []],
    ['is reordered', before, aws('5.0.0', 'zh:b', 'zh:a', 'h1:a'), []],
    ['gets a comment', before, `# why\n${before}`, []],
    [
      'notes constraints',
      before,
      provider('registry.terraform.io/hashicorp/aws', '5.0.0', ['h1:a', 'zh:a', 'zh:b'], '  constraints = "~> 5.0"\n'),
      [],
    ],
    [
      'comes from another registry',
      before,
      before + provider('tf.example.com/a/b', '1.0.0', ['zh:x']),
      [SOURCE, LOCK_MOVED],
    ],
    ['is broken', before, before.slice(0, -4), [UNPARSED]],
    ['locks something else', before, 'module "a" {\n}\n', [UNPARSED]],
  ]);
  it('follows from a changed provider, and from a changed module', async () => {
    const required = (version: string) =>
      `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "${version}" }\n  }\n}\n`;
    const tree = (text: string, lock: string) => ({ 'a/main.tf': text, 'a/.terraform.lock.hcl': lock });
    const after = aws('6.0.0', 'zh:c');
    assert.deepEqual(await findingsOf(tree(required('5'), before), tree(required('6'), after)), [
      `${CHANGED} a/main.tf`,
    ]);
    const using = (version: string) => `module "v" {\n  source = "example/vpc/aws"\n  version = "${version}"\n}\n`;
    assert.deepEqual(await findingsOf(tree(using('1'), before), tree(using('2'), after)), [`${CHANGED} a/main.tf`]);
    assert.deepEqual(await findingsOf(tree(using('1'), before), { 'a/main.tf': using('1') }), [
      `${LOCK_TAMPERED} a/.terraform.lock.hcl`,
    ]);
  });
});

describe('charts of Helm', () => {
  const chart = (dependencies: string, version = '1.0.0') =>
    `apiVersion: v2\nname: app\nversion: ${version}\ndependencies:\n${dependencies}`;
  const needs = (name: string, version: string, repository: string) =>
    `  - name: ${name}\n    version: ${version}\n    repository: ${repository}\n`;
  const usual = 'https://charts.example.com/stable';
  const base = chart(needs('db', '1.0.0', usual));
  itJudges('charts/app/Chart.yaml', [
    ['adds from a known repository', base, chart(needs('db', '1.0.0', usual) + needs('cache', '1', usual)), [ADDED]],
    [
      'adds from a new repository',
      base,
      chart(needs('db', '1.0.0', usual) + needs('cache', '1', 'oci://r.example.com/charts')),
      [ADDED, SOURCE],
    ],
    ['changes', base, chart(needs('db', '1.1.0', usual)), [CHANGED]],
    ['comes from elsewhere', base, chart(needs('db', '1.0.0', 'https://evil.example.com')), [CHANGED, SOURCE]],
    ['adds one of its own', base, chart(needs('db', '1.0.0', usual) + needs('common', '1', 'file://../common')), []],
    ['changes its own version', base, base.replace('version: 1.0.0\ndep', 'version: 1.1.0\ndep'), []],
    ['is broken', base, 'dependencies: [', [UNPARSED]],
  ]);
  itJudges('requirements.yaml', [['belongs to something else', '- src: a\n', '- src: b\n', []]]);

  const lock = (version: string, repository = usual) =>
    `dependencies:\n- name: db\n  repository: ${repository}\n  version: ${version}\ndigest: sha256:${version}\ngenerated: "2024-01-01T00:00:00Z"\n`;
  itJudges('Chart.lock', [
    ['moves alone', lock('1.0.0'), lock('1.0.1'), [LOCK_MOVED]],
    ['comes from elsewhere', lock('1.0.0'), lock('1.0.0', 'https://evil.example.com'), [SOURCE]],
    ['is generated again', lock('1.0.0'), lock('1.0.0').replace('2024', '2025'), []],
    ['is broken', lock('1.0.0'), '{', [UNPARSED]],
  ]);
  it('are locked as they are asked for', async () => {
    const tree = (version: string) => ({
      'Chart.yaml': chart(needs('db', version, usual)),
      'Chart.lock': lock(version),
    });
    assert.deepEqual(await findingsOf(tree('1.0.0'), tree('1.1.0')), [`${CHANGED} Chart.yaml`]);
    const { 'Chart.lock': _, ...without } = tree('1.0.0');
    assert.deepEqual(await findingsOf(tree('1.0.0'), without), [`${LOCK_TAMPERED} Chart.lock`]);
  });
  it('are listed with where they come from', async () => {
    assert.deepEqual(await listed('Chart.yaml', chart(''), base), [
      `db - → 1.0.0 from ${usual} (dependencies) pkg:generic/db`,
    ]);
  });
});
