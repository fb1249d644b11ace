/** Which runners this machine has; a test of one that is missing is skipped, and says so. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findProgram } from '../../../src/node/process/confinement';

/** Whether a program is there and starts. */
export function runs(program: string, args: readonly string[]): boolean {
  return findProgram(program) !== null && spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** The setup that links packages into a checkout: a sandbox would not show them. */
export function linked(packages: string): string {
  return `ln -s "${packages}" node_modules`;
}

/** This project's own packages. */
export const OWN_PACKAGES = resolve('node_modules');

/** Packages with Vitest: where CI puts them, or this project's own; null where there is none. */
export function vitestPackages(): string | null {
  const places = [resolve('node_modules/.cache/runners/node_modules'), OWN_PACKAGES];
  return places.find((place) => existsSync(`${place}/vitest`)) ?? null;
}
