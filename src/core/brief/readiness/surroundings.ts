/** Readiness of what is around the brief: people, programs, agents, and files that steer agents. */
import { programOf } from '../commandLine';
import { sameAddress } from '../person';
import { boundaryNames, nearestBoundary } from '../policy';
import { remembered } from '../remembered';
import { compileMatcher } from '../scope';
import { lineOfPath } from '../yamlDocument';
import { block, type ReadinessCase, type ReadinessFinding, warn } from './finding';

export function judgeReviewer({ brief: { front, lines }, policy }: ReadinessCase): ReadinessFinding[] {
  if (front.reviewer === undefined) {
    const message = 'nobody is named to sign off; add `reviewer: Name <email>`';
    return [block('readiness/no-reviewer', message, lineOfPath(lines, 'reviewer'))];
  }
  const { reviewer } = front;
  if (policy.reviewers.length === 0 || policy.reviewers.some((person) => sameAddress(person, reviewer))) return [];
  const message = `the policy does not name ${reviewer} as a reviewer; it names ${policy.reviewers.join(', ')}`;
  return [block('readiness/reviewer-not-allowed', message, lineOfPath(lines, 'reviewer'))];
}

export function judgeCommands({ brief: { front, lines }, facts }: ReadinessCase): ReadinessFinding[] {
  const commands: [path: string, commandLine: string | undefined][] = [
    ['command', front.command],
    ['setup', front.setup],
    ...front.checks.map((check, index): [string, string] => [`checks.${index}.run`, check.run]),
  ];
  return commands.flatMap(([path, commandLine]) => {
    const program = programOf(commandLine ?? '');
    if (program === null || facts.paths?.includes(program.replace(/^\.\//, ''))) return [];
    if (facts.commandExists(program) !== false) return [];
    const message = `${path}: the program \`${program}\` is not found on this machine`;
    return [warn('readiness/command-not-found', message, lineOfPath(lines, path))];
  });
}

export function judgeGrants({ brief: { front, lines }, policy }: ReadinessCase): ReadinessFinding[] {
  const known = boundaryNames(policy);
  return front.approval.allow.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const nearest = nearestBoundary(name, policy);
    const hint = nearest === null ? `the boundaries are ${known.join(', ')}` : `did you mean \`${nearest}\`?`;
    const message = `\`${name}\` is no boundary, so it allows nothing; ${hint}`;
    return [warn('readiness/unknown-boundary', message, lineOfPath(lines, `approval.allow.${index}`))];
  });
}

/** Files that agents obey or run when they start in a folder that has them, by the agents' own documentation. */
const isSteering = compileMatcher([
  '**/{AGENTS,AGENTS.override,CLAUDE,CLAUDE.local,GEMINI,QWEN,CRUSH,WARP}.md',
  '**/.{claude,codex,cursor,gemini,qwen,opencode,kilocode,roo,cline,clinerules,windsurf,continue,goose,junie}/**',
  '**/{.cursorrules,.windsurfrules,.clinerules,.goosehints,.aider.conf.yml}',
  '**/{.mcp.json,mcp.json,opencode.json,opencode.jsonc}',
  '.github/copilot-instructions.md',
  '.github/{agents,chatmodes,instructions,prompts}/**',
]);
/** codex-acp trusts its folder always, and starts the servers that a `.codex/config.toml` there names. */
const isCodexConfig = compileMatcher(['**/.codex/**']);

export function judgeAgent({ brief: { front, lines }, facts, agent }: ReadinessCase): ReadinessFinding[] {
  // A plain command has no model to steer.
  if (agent === 'command') return [];
  const line = lines.agent ?? null;
  const findings: ReadinessFinding[] = [];
  if (agent !== null && facts.knownAgents !== null && !facts.knownAgents.includes(agent)) {
    const message = `this machine knows no agent \`${agent}\`; it knows ${facts.knownAgents.join(', ') || 'none'}`;
    findings.push(warn('readiness/unknown-agent', message, line));
  }
  const { paths } = facts;
  const steering = paths === null ? [] : remembered(paths, 'steering', () => paths.filter(isSteering));
  if (steering.length === 0) return findings;
  const disarming = agent === 'codex' && !front.approval.allow.includes('config') ? steering.filter(isCodexConfig) : [];
  if (disarming.length > 0) {
    const message = `${listed(disarming)}: codex runs what these name as it starts; remove them, or allow \`config\``;
    findings.push(block('readiness/agent-steering', message, line));
  } else {
    const message = `${listed(steering)}: the repository gives agents instructions of its own`;
    findings.push(warn('readiness/agent-steering', message, line));
  }
  return findings;
}

function listed(paths: readonly string[]): string {
  const shown = paths
    .slice(0, 5)
    .map((path) => `\`${path}\``)
    .join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
