/** The temporary folder of one editor: its settings, its environment, and the extension that tests look in through. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';

const PROBE = join(import.meta.dirname, 'probe');

/** No welcome page, no assistant, nothing that moves, asks or looks things up. */
const QUIET = {
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
  for (const name of ['home', 'runtime', 'probes', 'user/User', 'extensions']) {
    mkdirSync(inside(name), { recursive: true, mode: 0o700 });
  }
  writeFileSync(inside('user/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  writeFileSync(inside('config.yaml'), '');
  cpSync(PROBE, inside('extensions/countersign-test.probe-1.0.0'), { recursive: true });
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
