/** Where each platform keeps a user's data and configuration. Pure: the environment comes in. */
import { posix, win32 } from 'node:path';
import { fail } from '../../core/errors';

export interface Platform {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The state directory: `$COUNTERSIGN_HOME`, else below the XDG data home (XDG Base Directory Specification 0.8),
 * `~/Library/Application Support` or `%LOCALAPPDATA%`.
 *
 * @throws CONFIG_INVALID when `$COUNTERSIGN_HOME` is relative
 */
export function stateFolder(on: Platform): string {
  return named(on, 'COUNTERSIGN_HOME') ?? platformFolder(on, 'XDG_DATA_HOME', ['.local', 'share'], 'LOCALAPPDATA');
}

/**
 * The user's configuration file: `$COUNTERSIGN_CONFIG`, else `countersign/config.yaml` below the XDG configuration home,
 * `~/Library/Application Support` or `%APPDATA%`.
 *
 * @throws CONFIG_INVALID when `$COUNTERSIGN_CONFIG` is relative
 */
export function configFile(on: Platform): string {
  const folder = () => platformFolder(on, 'XDG_CONFIG_HOME', ['.config'], 'APPDATA');
  return named(on, 'COUNTERSIGN_CONFIG') ?? paths(on).join(folder(), 'config.yaml');
}

function named(on: Platform, variable: string): string | null {
  const value = on.env[variable];
  if (value === undefined || value === '') return null;
  if (!paths(on).isAbsolute(value)) {
    fail('CONFIG_INVALID', `$${variable} is not an absolute path: ${value}`, {
      fix: `set ${variable} to a path from the root, such as ${paths(on).join(on.home, value)}`,
    });
  }
  return paths(on).normalize(value);
}

/** A relative XDG path is to be ignored, says the specification. */
function platformFolder(on: Platform, xdg: string, xdgDefault: readonly string[], windows: string): string {
  const { join, isAbsolute } = paths(on);
  switch (on.platform) {
    case 'darwin':
      return join(on.home, 'Library', 'Application Support', 'countersign');
    case 'win32':
      return join(
        on.env[windows] ?? join(on.home, 'AppData', windows === 'APPDATA' ? 'Roaming' : 'Local'),
        'countersign',
      );
    default: {
      const base = on.env[xdg];
      return join(base !== undefined && isAbsolute(base) ? base : join(on.home, ...xdgDefault), 'countersign');
    }
  }
}

function paths(on: Platform): typeof posix {
  return on.platform === 'win32' ? win32 : posix;
}
