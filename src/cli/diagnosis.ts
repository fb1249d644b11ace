/** What `doctor` looks at: each thing by itself, so that one that is broken hides no other. */
import { stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { toCountersignError } from '../core/errors';
import type { Context } from './command';
import { state, tasks } from './stateDiagnosis';

export interface Finding {
  readonly what: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: string;
  /** What to do; null when all is well. */
  readonly fix: string | null;
}

type Look = (context: Context) => Promise<Omit<Finding, 'what'>>;

const LOOKS: Readonly<Record<string, Look>> = {
  node: async () => ok(`Node.js ${process.versions.node} on ${process.platform} ${process.arch}`),
  git: async () => {
    const { gitVersion } = await import('../node/git/git');
    return ok(`git ${await gitVersion()}`);
  },
  sandbox,
  state,
  tasks,
  disk,
  config: async ({ env }) => {
    const { readConfig } = await import('../node/store/config');
    const { configFile } = await import('../node/store/platformFolders');
    const { agent, agents } = await readConfig(env);
    const own = Object.keys(agents).length;
    const file = configFile({ platform: process.platform, home: homedir(), env });
    return ok(`${file}: default agent ${agent ?? 'none'}, ${own} agents of your own`);
  },
  host,
  agents,
  identity,
};

/** Every finding, in order. Never throws: what a look throws is its finding. */
export async function diagnose(context: Context): Promise<readonly Finding[]> {
  return Promise.all(
    Object.entries(LOOKS).map(async ([what, look]): Promise<Finding> => {
      try {
        return { what, ...(await look(context)) };
      } catch (thrown) {
        const { message, fix } = toCountersignError(thrown);
        return { what, status: 'fail', says: message, fix };
      }
    }),
  );
}

const ok = (says: string) => ({ status: 'ok', says, fix: null }) as const;
const warn = (says: string, fix: string) => ({ status: 'warn', says, fix }) as const;

async function sandbox({ env }: Context) {
  const { confinementRemedy, describeConfinement, findConfinement } = await import('../node/process/confinement');
  const { readConfig } = await import('../node/store/config');
  const { mode, network } = (await readConfig(env)).sandbox;
  const found = await findConfinement(mode);
  const says = describeConfinement(found);
  if (found.kind === 'bwrap') return ok(network.length === 0 ? says : `${says}; ${reachOf(network)}`);
  return warn(says, mode === 'off' ? 'set `sandbox.mode: auto` in the configuration' : confinementRemedy(env));
}

/** The network of a sandbox is its own or the machine's: there is nothing between that. */
function reachOf(network: readonly string[]): string {
  return (
    `but ${network.join(' and ')} may use the network (\`sandbox.network\`), and with it whatever listens on this ` +
    'machine: on localhost, and on abstract sockets'
  );
}

const ROOM_BYTES = 1024 ** 3;

async function disk({ env }: Context) {
  const { stateFolder } = await import('../node/store/platformFolders');
  const folder = stateFolder({ platform: process.platform, home: homedir(), env });
  const place = (await stat(folder).catch(() => null)) === null ? homedir() : folder;
  const { bavail, bsize } = await statfs(place);
  const says = `${Math.floor((bavail * bsize) / 1024 ** 3)} GiB free where tasks are kept (${place})`;
  return bavail * bsize >= ROOM_BYTES
    ? ok(says)
    : warn(says, 'free some disk space: every task is a copy of its files');
}

async function host(context: Context) {
  const { withRunningHost } = await import('./host');
  const { VERSION } = await import('../core/version');
  const status = await withRunningHost(context, (connection) => connection.request('host/status', {}));
  if (status === null) return ok('not running; it is started when a task needs it');
  const says = `running: pid ${status.pid}, version ${status.version}, ${status.active} tasks at work`;
  return status.version === VERSION
    ? ok(says)
    : warn(`${says}; this is version ${VERSION}`, 'run `countersign host stop` when its tasks are done');
}

async function agents({ env }: Context) {
  const { listAgents } = await import('../node/agents/discover');
  const { readConfig } = await import('../node/store/config');
  const found = await listAgents((await readConfig(env)).agents, { environment: env });
  const installed = found.filter(({ path }) => path !== null).map(({ id }) => id);
  return installed.length > 1
    ? ok(`found ${installed.join(', ')}`)
    : warn('found none but `command`', 'install one that `countersign agents` lists, or give the brief a `command:`');
}

async function identity({ repo }: Context) {
  const { readIdentity } = await import('../node/git/repository');
  const person = await readIdentity(repo);
  return person === null
    ? warn(
        'git does not know who you are: you cannot sign off',
        'run `git config --global user.name NAME` and user.email',
      )
    : ok(`you sign off as ${person.name} <${person.email}>`);
}
