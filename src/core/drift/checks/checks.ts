/** The family `checks/*`, joined: what stands behind the commands of the brief’s checks, and what loosens them. */
import type { ContentRule } from '../input';
import type { RawFinding } from '../report';
import { followCommands } from './command/command';
import { judgeNeutered } from './command/neutered';
import { judgeConfigs } from './config/config';
import { judgePipelines } from './pipeline/pipeline';
import { Sides } from './sides';
import { judgeSuppressions } from './suppression/suppressions';

/** What tests feed on, what shows how something is done, and what others wrote decides no check. */
const MILDER =
  /(?:^|\/)(?:(?:__)?fixtures(?:__)?|test-?data|src\/(?:test|it)\/resources(?:-filtered)?|src\/it|examples?|samples?|vendor|third_party|node_modules)\//i;

/** Follows the checks' commands through the base first: which entries they reach, and which configurations they name. */
export const judgeChecks: ContentRule = async (context) => {
  if (context.changes.length === 0) return { findings: [] };
  const sides = new Sides(context.reader);
  const { findings, reached, configs } = await followCommands(context, sides);
  const others = await Promise.all([
    judgeNeutered(context, sides, reached),
    judgeConfigs(context, sides, configs),
    judgePipelines(context, sides),
    judgeSuppressions(context),
  ]);
  return { findings: onceEach([...findings, ...others.flatMap((found) => found.map(milder))]) };
};

/** Several parts may fail to read one file for the same reason. */
function onceEach(findings: readonly RawFinding[]): readonly RawFinding[] {
  const seen = new Set<string>();
  return findings.filter(
    ({ rule, path, evidence }) => seen.size !== seen.add(JSON.stringify([rule, path, evidence])).size,
  );
}

function milder(finding: RawFinding): RawFinding {
  if (finding.path === null || !MILDER.test(finding.path)) return finding;
  return { ...finding, severity: finding.severity === undefined || finding.severity === 'block' ? 'warn' : 'info' };
}
