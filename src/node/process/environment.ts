/** The environment of confined processes: an allow-list, so that no credential of the user's passes by being forgotten. */
import { delimiter, isAbsolute, sep } from 'node:path';
import { toolchainVariables } from './toolchains';

/** Names the task and the run of every process that we start, for finding what got away. */
export const TASK_MARKER = 'COUNTERSIGN_TASK';
export const RUN_MARKER = 'COUNTERSIGN_RUN';

const ALLOWED = new Set(
  ['LANG', 'LANGUAGE', 'TERM', 'TZ', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'COLORTERM'].concat(
    ['JAVA_HOME', 'GOROOT', 'DOTNET_ROOT'],
    ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'windir', 'ProgramFiles', 'ProgramData', 'TEMP', 'TMP'],
    ['NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE'],
  ),
);

/** Where certificates of the user's own authorities lie: a company's proxy needs them. Files and folders, no secrets. */
export const CERTIFICATE_VARIABLES = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'PIP_CERT',
  'GIT_SSL_CAINFO',
  'NIX_SSL_CERT_FILE',
] as const;

const NETWORK = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
);

export interface EnvironmentRequest {
  readonly task: string;
  readonly run: string;
  readonly home: string;
  readonly network: boolean;
  /** Given by the caller for this program: passed as it is. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether `/tmp` is private: the user's TMPDIR does not exist there. */
  readonly privateTmp: boolean;
}

/** What a confined process gets to see of `source`, the user's environment. */
export function confinedEnvironment(source: NodeJS.ProcessEnv, request: EnvironmentRequest): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined && allowed(name, request.network)) environment[name] = value;
  }
  const path = source.PATH ?? source.Path;
  if (path !== undefined) environment.PATH = cleanPath(path);
  if (request.privateTmp) environment.TMPDIR = '/tmp';
  Object.assign(environment, toolchainVariables(source), { HOME: request.home });
  if (process.platform === 'win32') environment.USERPROFILE = request.home;
  return Object.assign(environment, request.env, { [TASK_MARKER]: request.task, [RUN_MARKER]: request.run });
}

/** The names alone, in order: what a record may tell of an environment. */
export function environmentNames(
  source: NodeJS.ProcessEnv,
  request: Pick<EnvironmentRequest, 'network' | 'env' | 'privateTmp'>,
): string[] {
  return Object.keys(confinedEnvironment(source, { ...request, task: '', run: '', home: '' })).sort();
}

function allowed(name: string, network: boolean): boolean {
  return (
    ALLOWED.has(name) ||
    name.startsWith('LC_') ||
    (CERTIFICATE_VARIABLES as readonly string[]).includes(name) ||
    (network && NETWORK.has(name))
  );
}

/**
 * Without relative entries (they would run what the repository holds) and without the `node_modules/.bin` that npm adds
 * when we are started through it (a check would pass with the user's installed packages instead of its own).
 */
function cleanPath(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !folder.endsWith(`node_modules${sep}.bin`))
    .join(delimiter);
}
