/** Manifests and lockfiles of what projects are built on and with: actions, images, charts, providers, flakes, hooks. */
import { type KnownFormat, lockfile, manifest, type Read } from '../format';
import type { Manifest } from '../model';

const generic = 'generic';

const readChart: Read<Manifest> = async (text) => (await import('./helm')).readChart(text);
const readDockerfile: Read<Manifest> = async (text) => (await import('./dockerfile')).readDockerfile(text);

export const PLATFORM: readonly KnownFormat[] = [
  {
    path: /^\.(?:github|forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/i,
    format: manifest('github', async (text) => (await import('./actions')).readWorkflow(text)),
  },
  {
    names: ['action.yml', 'action.yaml'],
    format: manifest('github', async (text) => (await import('./actions')).readAction(text)),
  },
  {
    form: /(?:^|\.)gitlab-ci\.ya?ml$/i,
    format: manifest('docker', async (text) => (await import('./gitlab')).readGitlabPipeline(text)),
  },
  // What is ignored while an image is built stands in a file of a similar name.
  { form: /^(?:Docker|Container)file(?!.*\.dockerignore$)(?:\..*)?$/i, format: manifest('docker', readDockerfile) },
  { form: /\.(?:docker|container)file$/i, format: manifest('docker', readDockerfile) },
  {
    form: /^(?:docker-)?compose(?:[._-][\w.-]*)?\.ya?ml$/i,
    format: manifest('docker', async (text) => (await import('./compose')).readCompose(text)),
  },
  {
    names: ['.pre-commit-config.yaml', '.pre-commit-config.yml'],
    format: manifest('github', async (text) => (await import('./preCommit')).readPreCommit(text)),
  },
  {
    names: ['flake.nix'],
    format: manifest(generic, async (text) => (await import('./flake')).readFlake(text)),
  },
  {
    names: ['flake.lock'],
    format: lockfile(generic, ['flake.nix'], async (text) => (await import('./flakeLock')).readFlakeLock(text)),
  },
  {
    form: /\.(?:tf|tofu)$/i,
    format: manifest(generic, async (text) => (await import('./terraform')).readTerraform(text)),
  },
  {
    names: ['.terraform.lock.hcl'],
    format: lockfile(generic, ['*.tf', '*.tofu'], async (text) =>
      (await import('./terraformLock')).readTerraformLock(text),
    ),
  },
  { names: ['Chart.yaml', 'requirements.yaml'], format: manifest(generic, readChart) },
  {
    names: ['Chart.lock', 'requirements.lock'],
    format: lockfile(generic, ['Chart.yaml', 'requirements.yaml'], async (text) =>
      (await import('./helm')).readChartLock(text),
    ),
  },
  {
    names: ['.tool-versions'],
    format: manifest(generic, async (text) => (await import('./toolVersions')).readToolVersions(text)),
  },
];
