/** The temporary folder of one editor: its settings, its environment, and the extension that tests look in through. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { THEMES } from './themes';

const PROBE = join(import.meta.dirname, 'probe');

/** No welcome page, no assistant, nothing that moves, asks or looks things up; dark, unless a window is told otherwise. */
const QUIET = {
  'workbench.colorTheme': THEMES.dark.id,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'editor.cursorBlinking': 'solid',
};

/**
 * What of the surroundings would reach into the editor, tell it that it runs in another one, or slow the starts of its
 * programs (`quickStarts.ts`).
 */
const NOT_INHERITED = /^(GIT|XDG|VSCODE|ELECTRON|COUNTERSIGN|npm|NODE_OPTIONS|NODE_EXTRA_CA_CERTS)/;

export interface Places {
  /** Everything lies in it. A real path. */
  readonly folder: string;
  /** Countersign's state directory, of everything inside. */
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Lays out the folder.
 *
 * @param settings user settings, beside those that keep the window quiet
 * @param env further environment
 */
export function layPlaces(settings: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>>): Places {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cs-editor-')));
  const inside = (name: string) => join(folder, name);
  mkdirSync(inside('extensions'));
  cpSync(PROBE, inside('extensions/countersign-test.probe-1.0.0'), { recursive: true });
  furnish(folder);
  writeSettings(folder, settings);
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  return {
    folder,
    state: inside('state'),
    env: {
      ...Object.fromEntries(inherited),
      HOME: inside('home'),
      XDG_RUNTIME_DIR: inside('runtime'),
      COUNTERSIGN_HOME: inside('state'),
      COUNTERSIGN_CONFIG: inside('config.yaml'),
      COUNTERSIGN_TEST_PROBES: inside('probes'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
      ...env,
    },
  };
}

/** What is there before anybody uses the places. */
function furnish(folder: string): void {
  for (const name of ['home', 'runtime', 'probes', 'user/User']) {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  }
  writeFileSync(join(folder, 'config.yaml'), '');
}

/** What the server and the browser have open while they run. */
const IN_USE = ['server', 'extensions', 'runtime', 'browser', 'user'];
/** What users leave in the editor's own folder. */
const LEFT_BY_USERS = ['globalStorage', 'workspaceStorage', 'History', 'settings.json', 'keybindings.json'];

/** Makes the places as they were laid, for the next user; the server may go on. */
export function clearPlaces({ folder }: Places): void {
  const used = readdirSync(folder).filter((name) => !IN_USE.includes(name));
  for (const name of [...used, ...LEFT_BY_USERS.map((name) => join('user/User', name))]) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
  furnish(folder);
}

/**
 * The user's settings.
 *
 * @param folder of the places
 * @param settings beside those that keep the window quiet
 */
export function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
}
