/** What a brief's readiness asks of this machine: its programs, and the agents that it knows. */
import type { ReadinessFacts } from '../../core/brief/readiness';
import { type CustomAgents, knownAgents } from '../agents/configuredAgents';
import { findProgram } from '../process/confinement';

export function machineFacts(
  custom: CustomAgents,
  environment: NodeJS.ProcessEnv = process.env,
): Pick<ReadinessFacts, 'commandExists' | 'knownAgents' | 'reportingOf'> {
  const agents = knownAgents(custom);
  return {
    // A path with `/` is one in the checkout, which is not there yet.
    commandExists: (program) => (program.includes('/') ? null : findProgram(program, environment) !== null),
    knownAgents: [...agents.keys()],
    reportingOf: (agent) => agents.get(agent)?.reports ?? null,
  };
}
