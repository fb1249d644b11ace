/**
 * A drift report as SARIF, for code scanning (OASIS SARIF 2.1.0; GitHub Docs, "SARIF support for code scanning"). A
 * group is one result with its places as locations.
 */
import type { DriftReport, Finding, Place, Severity } from '../../drift/report';
import { ruleOf } from '../../drift/rules';
import { visible, wellFormed } from '../../visible';

/** GitHub takes 25,000 results a run and shows 5,000; it takes 1,000 locations a result and shows 100. */
const RESULTS_MOST = 5_000;
const LOCATIONS_MOST = 100;
const EVIDENCE_SHOWN = 200;

/** What stands for a path where a finding is about none: code scanning takes no result without a location. */
const NO_FILE = 'no file associated with this finding';

const LEVELS = { block: 'error', warn: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

interface Message {
  readonly text: string;
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: (typeof LEVELS)[Severity];
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly name: string; readonly semanticVersion: string; readonly rules: readonly object[] };
      };
      readonly automationDetails: { readonly id: string };
      readonly columnKind: string;
      readonly results: readonly Result[];
      readonly properties: Readonly<Record<string, unknown>>;
    },
  ];
}

/** The report as one SARIF run. `version` is that of the program. */
export function sarifOf(report: DriftReport, version: string): SarifLog {
  const rules = [...new Set(report.findings.map(({ rule }) => rule))];
  const indexOf = new Map(rules.map((rule, index) => [rule, index]));
  const { verdict, brief, base, tree } = report;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Countersign', semanticVersion: version, rules: rules.map(descriptor) } },
        automationDetails: { id: 'countersign/drift/' },
        columnKind: 'utf16CodeUnits',
        results: report.findings
          .slice(0, RESULTS_MOST)
          .map((finding) => resultOf(finding, indexOf.get(finding.rule) ?? 0)),
        properties: { verdict, brief, base, tree, findings: report.findings.length },
      },
    ],
  };
}

/** What a rule is, from the table: a rule that only the report knows has its id alone. */
function descriptor(id: string): object {
  const known = ruleOf(id);
  const why = known?.why ?? 'A rule of another version.';
  const answers = known === null ? '' : ` Answers that make sense: ${known.answers.join(', ')}.`;
  return {
    id: visible(id),
    name: nameOf(id),
    shortDescription: literal(why),
    fullDescription: literal(why),
    help: literal(`${why}${answers}`),
    defaultConfiguration: { level: LEVELS[known?.severity ?? 'block'] },
    properties: { tags: ['drift', ...(known?.boundary == null ? [] : [visible(known.boundary)])] },
  };
}

/** `deps/lockfile-only` → `DepsLockfileOnly`: a name that a person can read (SARIF 3.49.7). */
function nameOf(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { id, rule, severity, message, evidence, boundary, answers, places } = finding;
  const shown = evidence === '' || evidence === finding.path ? '' : ` Evidence: ${evidence.slice(0, EVIDENCE_SHOWN)}`;
  const locations = places.slice(0, LOCATIONS_MOST).map(locationOf);
  return {
    ruleId: visible(rule),
    ruleIndex,
    level: LEVELS[severity],
    message: literal(`${message}${shown}`),
    locations: locations.length === 0 ? [locationOf({ path: NO_FILE, line: null })] : locations,
    partialFingerprints: { 'countersignFinding/v1': id },
    properties: { id, severity, boundary, answers, places: places.length },
  };
}

/** Code scanning shows a result at a line: the first where none is known. */
function locationOf({ path, line }: Pick<Place, 'path' | 'line'>): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path) },
      region: { startLine: Math.max(1, line ?? 1) },
    },
  };
}

/** A relative reference (RFC 3986): every segment percent-encoded, so that none can be a scheme, a query or a host. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join('/');
}

/**
 * Text as a message that says exactly it: braces would be placeholders (SARIF 3.11.5), brackets could be links (3.11.6).
 */
function literal(text: string): Message {
  return {
    text: wellFormed(visible(text))
      .replace(/[\\[\]]/g, '\\$&')
      .replace(/[{}]/g, '$&$&'),
  };
}
