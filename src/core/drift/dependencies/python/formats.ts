/** Manifests and lockfiles of Python and Conda. */
import { type KnownFormat, lockfile, manifest, unread } from '../format';
import { REQUIREMENTS_FOLDER, REQUIREMENTS_NAME } from './names';

const pypi = 'pypi';
const conda = 'conda';
const pyproject = ['pyproject.toml'];

const requirements = manifest(pypi, async (text, path) =>
  (await import('./requirements')).readRequirements(text, path),
);
const pipConf = manifest(pypi, async (text) => (await import('./pipConf')).readPipConf(text));
const environment = manifest(conda, async (text) => (await import('./condaEnvironment')).readCondaEnvironment(text));
const pylock = lockfile(pypi, pyproject, async (text) => (await import('./pylock')).readPylock(text));

export const PYTHON: readonly KnownFormat[] = [
  {
    names: ['pyproject.toml'],
    format: manifest(pypi, async (text) => (await import('./pyproject')).readPyproject(text)),
  },
  { names: ['setup.py'], format: manifest(pypi, async (text) => (await import('./setupPy')).readSetupPy(text)) },
  { names: ['setup.cfg'], format: manifest(pypi, async (text) => (await import('./setupCfg')).readSetupCfg(text)) },
  { names: ['Pipfile'], format: manifest(pypi, async (text) => (await import('./pipfile')).readPipfile(text)) },
  { names: ['uv.toml'], format: manifest(pypi, async (text) => (await import('./uvSettings')).readUvToml(text)) },
  { names: ['pip.conf', 'pip.ini'], format: pipConf },
  { form: REQUIREMENTS_NAME, format: requirements },
  { path: REQUIREMENTS_FOLDER, format: requirements },
  {
    names: ['Pipfile.lock'],
    format: lockfile(pypi, ['Pipfile'], async (text) => (await import('./pipfileLock')).readPipfileLock(text)),
  },
  {
    names: ['poetry.lock'],
    format: lockfile(pypi, pyproject, async (text) => (await import('./poetryLock')).readPoetryLock(text)),
  },
  {
    names: ['uv.lock'],
    format: lockfile(pypi, pyproject, async (text) => (await import('./uvLock')).readUvLock(text)),
  },
  {
    names: ['pdm.lock'],
    format: lockfile(pypi, pyproject, async (text) => (await import('./pdmLock')).readPdmLock(text)),
  },
  { names: ['pylock.toml'], format: pylock },
  { form: /^pylock\.[^.]+\.toml$/, format: pylock },
  { names: ['environment.yml', 'environment.yaml'], format: environment },
  { form: /^environment[-_.][\w.-]+\.ya?ml$/i, format: environment },
  {
    names: ['conda-lock.yml'],
    format: lockfile(conda, ['environment.yml', 'environment.yaml'], async (text) =>
      (await import('./condaLock')).readCondaLock(text),
    ),
  },
  { names: ['pixi.toml', 'pixi.lock'], format: unread(conda) },
];
