// Builds every bundle of the product into dist/: extension, host, command line, and one bundle per webview page.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import * as zod from 'zod';

const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !watch,
  keepNames: true,
  sourcemap: watch ? 'inline' : false,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};

/**
 * What is large and seldom needed, once for all programs: each is a bundle of its own in `dist/apart`, required with the
 * first file that it is needed for.
 */
const APART = [
  'src/core/drift/contentRules.ts',
  'src/core/drift/syntax/grammars.ts',
  'src/node/secrets/credentialRules.ts',
].filter(existsSync);
/**
 * Packages that most programs hold: each is built once, beside the files above. Of zod only what somebody reads from
 * `z`: the words of all languages and the way back from JSON Schema are three quarters of it. A name too many does no
 * harm, and none is missing: our files and those of the one package that uses it are asked for them.
 */
const SHARED = {
  yaml: { filter: /^yaml$/, contents: `export * from 'yaml';` },
  jsonrpc: { filter: /^vscode-jsonrpc\/node$/, contents: `export * from 'vscode-jsonrpc/node';` },
  zod: {
    filter: /^zod(?:\/v4)?$/,
    contents: `export { ${[...namesOf(zod)].sort().join(', ')} } from 'zod';`,
  },
};

/** @param folder of `dist/apart`, from where the program lies */
const apartFrom = (folder) => ({
  name: 'apart',
  setup(build) {
    const wanted = new Set(APART.map((file) => resolve(file.replace(/\.ts$/, ''))));
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      return wanted.has(file) ? { path: `${folder}/${basename(file)}.js`, external: true } : undefined;
    });
    for (const [name, { filter }] of Object.entries(SHARED)) {
      build.onResolve({ filter }, () => ({ path: `${folder}/${name}.js`, external: true }));
    }
  },
});

/**
 * The preset of credential rules carries a library of ciphers, which only Google's rule imports, when it runs. We leave
 * that rule out (`src/node/secrets/credentialRules.ts`), so what it would import is nothing.
 */
const withoutCiphers = {
  name: 'without-ciphers',
  setup(build) {
    const preset = /@secretlint[\\/]secretlint-rule-preset-recommend[\\/]/;
    build.onResolve({ filter: /^\./ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && preset.test(importer) ? { path: 'nothing', namespace: 'without' } : undefined,
    );
    build.onLoad({ filter: /^nothing$/, namespace: 'without' }, () => ({ contents: '' }));
  },
};

/** Node programs are CommonJS: VS Code loads the extension so, and dynamic imports inside stay lazy. */
const programs = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  // A file beside is required: what `import` loads is read through twice, once for the names that it exports.
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  entryPoints: ['src/host.ts', 'src/cli.ts'].filter(existsSync),
  outdir: 'dist',
  plugins: [apartFrom('./apart')],
};
const apart = {
  ...programs,
  // Names are for the traces of programs: a twentieth of what only reads.
  keepNames: false,
  entryPoints: APART,
  outdir: 'dist/apart',
  entryNames: '[name]',
  plugins: [apartFrom('.'), withoutCiphers],
};

const shared = {
  ...programs,
  keepNames: false,
  entryPoints: Object.keys(SHARED).map((name) => ({ in: `shared:${name}`, out: name })),
  outdir: 'dist/apart',
  plugins: [
    {
      name: 'shared',
      setup(build) {
        build.onResolve({ filter: /^shared:/ }, ({ path }) => ({ path: path.slice(7), namespace: 'shared' }));
        build.onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({
          contents: SHARED[path].contents,
          resolveDir: process.cwd(),
        }));
      },
    },
  ],
};

/**
 * What parses, connects and composes is no part of the bundle that opening an editor loads: each file of
 * `src/vscode/late` is a bundle of its own, required when it is first needed.
 */
const late = {
  ...programs,
  entryPoints: readdirSync('src/vscode/late')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/vscode/late/${file}`),
  outdir: 'dist/late',
  plugins: [apartFrom('../apart')],
};
/**
 * The tools' protocol comes with a validator of JSON Schema, a half of it, for answers of clients and for outputs, of which
 * we have neither: every input is judged by the host.
 */
const withoutValidator = {
  name: 'without-validator',
  setup(build) {
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({
      path: 'shims',
      namespace: 'shims',
    }));
    build.onLoad({ filter: /./, namespace: 'shims' }, () => ({
      contents: 'export class DefaultJsonSchemaValidator {}\nexport { default as process } from "node:process";',
    }));
  },
};
/** What an agent starts inside its sandbox: small, with nothing beside it but zod. */
const tools = {
  ...programs,
  keepNames: false,
  entryPoints: ['src/mcp.ts'],
  plugins: [apartFrom('./apart'), withoutValidator],
};
const extension = {
  ...programs,
  // Every editor loads it: names that nothing reads would be a fifteenth of it.
  keepNames: false,
  entryPoints: ['src/extension.ts'],
  plugins: [
    {
      name: 'late-apart',
      setup(build) {
        build.onResolve({ filter: /\/late\/\w+$/ }, ({ path }) => ({
          path: `./late/${path.slice(path.lastIndexOf('/') + 1)}.js`,
          external: true,
        }));
      },
    },
  ],
};

const pages = existsSync('src/webview')
  ? readdirSync('src/webview', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(`src/webview/${entry.name}/main.tsx`))
      .map((entry) => ({ in: `src/webview/${entry.name}/main.tsx`, out: entry.name }))
  : [];

const webviews = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // The icons' font; its name stays readable.
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  entryPoints: pages,
  outdir: 'dist/webview',
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
// The package is an ES module for its tests and tools; what is built is CommonJS.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');

// English needs no bundle of words: this is what a translation to another language starts from.
mkdirSync('dist/l10n', { recursive: true });
writeFileSync('dist/l10n/bundle.l10n.json', `${JSON.stringify(wordsOf('src/vscode'), null, 2)}\n`);

const targets = [programs, apart, shared, tools, extension, late, ...(pages.length > 0 ? [webviews] : [])];
if (watch) {
  for (const target of targets) await (await esbuild.context(target)).watch();
} else {
  const results = await Promise.all(targets.map((target) => esbuild.build(target)));
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  for (const [file, { bytes }] of Object.entries(outputs)) {
    console.log(`${file.padEnd(24)} ${(bytes / 1024).toFixed(1)} KB`);
  }
  // What each file is made of: the notices that ship with it are written from this.
  const sources = Object.entries(outputs).map(([file, { inputs }]) => [file, Object.keys(inputs)]);
  writeFileSync('dist/sources.json', JSON.stringify(Object.fromEntries(sources)));
}

/**
 * @returns the exports of zod that are read from `z` somewhere
 * @throws when a file imports it under another name, where nobody would find them
 */
function namesOf(exported) {
  const texts = [
    ...textsBelow('src', /\.tsx?$/),
    ...textsBelow('node_modules/@agentclientprotocol/sdk/dist', /\.js$/),
    ...['server', 'core'].flatMap((part) => textsBelow(`node_modules/@modelcontextprotocol/${part}/dist`, /\.mjs$/)),
  ];
  const other = texts.flatMap((text) => text.match(/^import (?!type |\* as z ).* from ['"]zod(?:\/v4)?['"]/m) ?? []);
  if (other.length > 0) throw new Error(`zod is imported as \`* as z\` only: ${other[0]}`);
  const read = texts.flatMap((text) => [...text.matchAll(/\bz\.(\w+)/g)].map(([, name]) => name));
  // The namespace of its inner half is read for types only.
  return new Set(read.filter((name) => name in exported && name !== 'core'));
}

/** The texts of the files below a folder whose path is of a form. */
function textsBelow(folder, form) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => form.test(file));
  return files.map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
}

/** Every text that the editor's part passes to `vscode.l10n.t` or to a `Translate`, as its own translation. */
function wordsOf(folder) {
  const texts = textsBelow(folder, /\.tsx?$/).flatMap((text) => {
    const calls = text.matchAll(/\bt\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/g);
    return [...calls].map(([, single, double]) =>
      (single ?? double).replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c)),
    );
  });
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}
