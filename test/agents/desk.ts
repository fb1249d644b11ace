/** A person's desk: a repository, a HOME with what real agents need, and the built command line. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Files, makeRepository, type TestRepository } from '../fixtures/repository';
import { type Model, type Scenarios, startModel } from './model';
import { installed, type RealAgent } from './realAgents';

export interface Desk {
  readonly repository: TestRepository;
  readonly model: Model;
  /** Of programs that are started at this desk. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs the built command line; its exit code and the document that it printed. */
  countersign(...args: string[]): Promise<{ exit: number | null; answer: Record<string, unknown> }>;
  /** Stops the host, and removes everything. */
  clear(): Promise<void>;
}

/** A desk with some agents, whose model follows the scripts. */
export async function makeDesk(agents: readonly RealAgent[], scenarios: Scenarios, files: Files): Promise<Desk> {
  assert.ok(existsSync('dist/cli.js'), 'run `npm run build` first');
  const model = await startModel(scenarios);
  const repository = makeRepository({ files });
  repository.git('config', 'user.name', 'Reviewer');
  repository.git('config', 'user.email', 'reviewer@example.com');
  const home = join(repository.outside, 'home');
  mkdirSync(home);
  for (const agent of agents) agent.prepareHome(home, model.url);
  const config = join(repository.outside, 'config.yaml');
  const entries = Object.fromEntries(agents.map((agent) => [agent.id, installed(agent, model.url)]));
  writeFileSync(config, stringify({ agents: entries, idleMinutes: 1 }));
  const environment = {
    ...process.env,
    HOME: home,
    COUNTERSIGN_HOME: join(repository.outside, 'state'),
    COUNTERSIGN_CONFIG: config,
  };

  async function countersign(...args: string[]) {
    const child = spawn(process.execPath, ['dist/cli.js', ...args, '--json', '--repo', repository.dir], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { exit, answer: JSON.parse(output || '{}') as Record<string, unknown> };
  }

  return {
    ...{ repository, model, environment, countersign },
    async clear() {
      await countersign('host', 'stop');
      await model.close();
      repository.remove();
    },
  };
}
