/**
 * The import law, read from the real import graph: esbuild's metafile for what runs, and the source's `import type` lines
 * for what only the compiler sees.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { type BuildResult, build } from 'esbuild';

const SOURCES = filesBelow('src').filter((file) => /\.tsx?$/.test(file));

/** The order of the way of the data: a stage imports earlier stages and the root files of the core. */
const STAGES = ['brief', 'plan', 'agent', 'verify', 'drift', 'review', 'signoff', 'task', 'stats'];
const PURE_PACKAGES = new Set([
  ...['zod', 'yaml', 'smol-toml', 'fast-xml-parser', 'packageurl-js', 'diff'],
  ...['@lezer/common', '@lezer/javascript', '@lezer/python', '@lezer/go', '@lezer/rust', '@lezer/java', '@lezer/cpp'],
  ...['@lezer/php'],
]);

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Files relative to the root of the repository; what they import is such a file, or a package or built-in by name. */
let runtime: Graph;
/** The same with the imports of types. */
let everything: Graph;

describe('architecture', () => {
  before(async () => {
    runtime = graphOf(await bundle(SOURCES));
    everything = new Map(SOURCES.map((file) => [file, new Set([...edges(runtime, file), ...typeImports(file)])]));
  });

  it('sees every source file', () => {
    assert.ok(SOURCES.length > 20);
    for (const file of SOURCES) assert.ok(runtime.has(file), `${file} is not in the graph`);
  });

  it('core imports only core and pure packages', () => {
    const wrong = edgesFrom(everything, (file) => inFolder(file, 'src/core')).filter(
      ([, to]) => !inFolder(to, 'src/core') && !PURE_PACKAGES.has(packageOf(to)),
    );
    assert.deepEqual(wrong, []);
  });

  it('core reaches no platform, by whatever way', () => {
    for (const file of SOURCES.filter((source) => inFolder(source, 'src/core'))) {
      const found = [...reachable(runtime, file)].filter((to) => to === 'vscode' || isBuiltin(to));
      assert.deepEqual(found, [], `${file} reaches ${found.join(', ')}`);
    }
  });

  it('a stage of the core imports only earlier stages', () => {
    const wrong = edgesFrom(everything, (file) => stageOf(file) >= 0).filter(
      ([from, to]) => inFolder(to, 'src/core') && stageOf(to) > stageOf(from),
    );
    assert.deepEqual(wrong, []);
  });

  it('the root files of the core import stages only for types', () => {
    const roots = (file: string) => dirname(file) === 'src/core' || inFolder(file, 'src/core/ports');
    const wrong = edgesFrom(runtime, roots).filter(([from, to]) => stageOf(to) >= 0 && !SCHEMA_ROOTS.has(from));
    assert.deepEqual(wrong, []);
  });

  it('node and host import core, each other and packages, and no client', () => {
    const wrong = edgesFrom(everything, (file) => inFolder(file, 'src/node') || inFolder(file, 'src/host')).filter(
      ([, to]) => to.startsWith('src/') && !['src/core', 'src/node', 'src/host'].some((folder) => inFolder(to, folder)),
    );
    assert.deepEqual(wrong, []);
    const upwards = edgesFrom(everything, (file) => inFolder(file, 'src/node')).filter(([, to]) =>
      inFolder(to, 'src/host'),
    );
    assert.deepEqual(upwards, [], 'adapters do not know the host');
  });

  it('what an agent starts in its sandbox knows the core and nothing of the host', () => {
    const isOurs = (file: string) => inFolder(file, 'src/mcp') || file === 'src/mcp.ts';
    const wrong = edgesFrom(everything, isOurs).filter(
      ([, to]) => to.startsWith('src/') && !isOurs(to) && !inFolder(to, 'src/core'),
    );
    assert.deepEqual(wrong, []);
    const others = edgesFrom(everything, (file) => !isOurs(file)).filter(([, to]) => isOurs(to));
    assert.deepEqual(others, [], 'the program is only started');
  });

  it('vscode imports the client, the methods and types of the core', () => {
    const allowed = ['src/vscode', 'src/webview', 'src/core'];
    const wrong = edgesFrom(everything, (file) => inFolder(file, 'src/vscode')).filter(
      ([, to]) =>
        to.startsWith('src/') &&
        !allowed.some((folder) => inFolder(to, folder)) &&
        !['src/host/client.ts', 'src/host/presence.ts', 'src/host/rpc.ts'].includes(to) &&
        !inFolder(to, 'src/host/rpc'),
    );
    assert.deepEqual(wrong, []);
  });

  it('the webview imports its own components and packages, and the shapes of messages', () => {
    const wrong = edgesFrom(runtime, (file) => inFolder(file, 'src/webview')).filter(
      ([, to]) => (to.startsWith('src/') && !inFolder(to, 'src/webview')) || isBuiltin(to) || to === 'vscode',
    );
    assert.deepEqual(wrong, []);
  });

  it('only one place knows each outside program and protocol', () => {
    const only = (name: string, allowed: (file: string) => boolean) => {
      const wrong = edgesFrom(everything, (file) => !allowed(file)).filter(([, to]) => packageOf(to) === name);
      assert.deepEqual(wrong, [], `${name} is imported outside its place`);
    };
    only('simple-git', (file) => inFolder(file, 'src/node/git'));
    only('@agentclientprotocol/sdk', (file) => inFolder(file, 'src/node/agents') && basename(file).startsWith('acp'));
    only('@modelcontextprotocol/server', (file) => inFolder(file, 'src/mcp'));
    only('vscode-jsonrpc', (file) => inFolder(file, 'src/host'));
    only('vscode', (file) => inFolder(file, 'src/vscode') || file === 'src/extension.ts');
    only('preact', (file) => inFolder(file, 'src/webview'));
    only('@secretlint/secretlint-rule-preset-recommend', (file) => inFolder(file, 'src/node/secrets'));
  });

  it('the extension loads no git, no agent protocol', () => {
    for (const root of ['src/extension.ts', 'src/vscode/activate.ts'].filter((file) => runtime.has(file))) {
      const heavy = [...reachable(runtime, root)].filter((to) =>
        ['simple-git', '@agentclientprotocol/sdk'].includes(packageOf(to)),
      );
      assert.deepEqual(heavy, [], `${root} loads ${heavy.join(', ')}`);
    }
  });

  it('has no cycles', () => {
    for (const file of SOURCES) {
      const own = [...edges(runtime, file)].filter((to) => reachable(runtime, to).has(file) || to === file);
      assert.deepEqual(own, [], `${file} imports what imports it`);
    }
  });

  it('uses no proposed interface of the editor', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.equal('enabledApiProposals' in manifest, false);
  });

  it('names no machine: no file holds the path of this checkout or of a person’s home', () => {
    const homes = new RegExp(`/(${'home'}|${'Users'})/(?!(user|dev|me|you)\\b)[a-z][a-z0-9_-]*/`);
    const names = (text: string) => text.includes(`${process.cwd()}/`) || homes.test(text);
    const wrong = ['src', 'test', 'media', '.ci']
      .flatMap(filesBelow)
      .concat(readdirSync('.').filter((name) => /\.(md|json|mjs|cjs|ya?ml)$/.test(name)))
      .filter((file) => !/\.(png|ttf|woff2?|gif)$/.test(file) && !inFolder(file, 'test/fixtures/data'))
      .filter((file) => names(readFileSync(file, 'utf8')));
    assert.deepEqual(wrong, []);
  });
});

describe('the graph itself', () => {
  it('is read through files: a forbidden import is found wherever it hides', async () => {
    const graph = graphOf(
      await bundle([], {
        'a.ts': `import './b'; import type { X } from 'node:net';`,
        'b.ts': `export * from './c';`,
        'c.ts': `export const lazily = () => import('node:fs');`,
      }),
    );
    assert.ok(reachable(graph, 'memory:a.ts').has('node:fs'));
    assert.ok(!reachable(graph, 'memory:a.ts').has('node:net'));
    assert.deepEqual(
      typeNames(`import type { X } from 'node:net';\nimport { type Y } from './y';\nexport type { Z } from "z";`),
      ['node:net', './y', 'z'],
    );
  });
});

/** Root files whose schemas are made of the stages' own. */
const SCHEMA_ROOTS = new Set(['src/core/events.ts']);

async function bundle(
  entryPoints: string[],
  memory: Record<string, string> = {},
): Promise<BuildResult & { metafile: object }> {
  return build({
    entryPoints: [
      ...entryPoints,
      ...Object.keys(memory)
        .slice(0, 1)
        .map((name) => `memory:${name}`),
    ],
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'out',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'empty', '.ttf': 'empty', '.svg': 'empty' },
    logLevel: 'silent',
    plugins: [
      {
        name: 'memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^memory:/ }, ({ path }) => ({ path: path.slice(7), namespace: 'memory' }));
          onResolve({ filter: /^\./, namespace: 'memory' }, ({ path }) => ({
            path: `${path.slice(2)}.ts`,
            namespace: 'memory',
          }));
          onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({ contents: memory[path] ?? '', loader: 'ts' }));
        },
      },
    ],
  }) as Promise<BuildResult & { metafile: object }>;
}

function graphOf({ metafile }: BuildResult): Graph {
  return new Map(
    Object.entries(metafile?.inputs ?? {}).map(([file, { imports }]) => [
      file,
      new Set(imports.map(({ path }) => path)),
    ]),
  );
}

const edges = (graph: Graph, file: string): ReadonlySet<string> => graph.get(file) ?? new Set();

function edgesFrom(graph: Graph, from: (file: string) => boolean): [string, string][] {
  return [...graph.keys()]
    .filter(from)
    .flatMap((file) => [...edges(graph, file)].map((to): [string, string] => [file, to]));
}

function reachable(graph: Graph, file: string): Set<string> {
  const seen = new Set<string>();
  const open = [...edges(graph, file)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...edges(graph, next));
  }
  return seen;
}

/** What a file imports for the compiler alone, resolved like the graph's files. */
function typeImports(file: string): string[] {
  return typeNames(readFileSync(file, 'utf8')).map((name) => {
    if (!name.startsWith('.')) return name;
    const path = posix.join(dirname(file), name);
    const found = ['.ts', '.tsx', '/index.ts', ''].map((end) => path + end).find((end) => SOURCES.includes(end));
    return found ?? path;
  });
}

function typeNames(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\s+(?:type\s|\{[^}]*\btype\s)[^;]*?\bfrom\s+['"]([^'"]+)['"]/gm);
  return [...statements].map((match) => match[1]!);
}

function stageOf(file: string): number {
  return STAGES.findIndex((stage) => inFolder(file, `src/core/${stage}`));
}

function inFolder(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

function packageOf(name: string): string {
  if (name.startsWith('src/')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Files below a folder, with `/`, in order; none when it is not there. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).split('\\').join('/'))
      .sort();
  } catch {
    return [];
  }
}
