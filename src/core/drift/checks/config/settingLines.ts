/**
 * Settings of build scripts in languages that have no parser here (Groovy, Kotlin, Ruby): assignments of known names, line
 * by line, comments dropped.
 */
import type { Value } from '../value';

/** Gradle's test, JaCoCo, Checkstyle and Detekt settings (each plugin's docs), and SimpleCov's (its README). */
const NAMES = [
  ...['ignoreFailures', 'isIgnoreFailures', 'failOnViolation', 'isFailOnViolation', 'abortOnError', 'isAbortOnError'],
  ...[
    'warningsAsErrors',
    'isWarningsAsErrors',
    'allWarningsAsErrors',
    'failOnNoDiscoveredTests',
    'maxWarnings',
    'maxErrors',
  ],
  ...[
    'minimum',
    'maxIssues',
    'minimum_coverage',
    'minimum_coverage_by_file',
    'maximum_coverage_drop',
    'refuse_coverage_drop',
  ],
];
const SETTINGS = new RegExp(
  `\\b(${NAMES.join('|')})\\b\\s{0,5}(?:=|\\(|\\.set\\(|\\s)\\s{0,5}["']?(?:(?:line|branch|:line)\\s{0,3}(?::|=>)\\s{0,3})?(-?[\\w.]+)`,
  'g',
);
/** A test task that is switched off. */
const DISABLED = /\b[tT]ests?\b[^{}\n]{0,100}\{[^{}]{0,300}?\b(?:enabled|isEnabled|onlyIf)\b\s{0,5}[={]\s{0,5}false/;
/** What is left out of tests or of coverage. */
const EXCLUSIONS = /\b(excludeTestsMatching|add_filter)\b\s{0,5}[(=]?\s{0,5}\[?((?:["'][^"'\n]{0,300}["'],?\s{0,5})+)/g;

/** Comments and texts; what does not end, ends with the line or the text. */
const COMMENTS = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|#(?!\{)[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g;

/** Each name with its values in order, by number; exclusions as a list. */
export function readSettingLines(text: string): Value {
  const plain = text.replace(COMMENTS, (piece) => (/^["']/.test(piece) ? piece : ' '));
  const settings = new Map<string, Map<string, Value>>();
  for (const [, name = '', value = ''] of plain.matchAll(SETTINGS)) {
    const values = settings.get(name) ?? new Map<string, Value>();
    settings.set(name, values.set(String(values.size + 1), value));
  }
  const lists = [...plain.matchAll(EXCLUSIONS)].flatMap(([, , list = '']) => list.split(/["',\s]+/));
  const excluded = lists.filter((item) => item !== '');
  return new Map<string, Value>([
    ...settings,
    ...(excluded.length > 0 ? [['exclude', excluded] as const] : []),
    ...(DISABLED.test(plain) ? [['testDisabled', 'true'] as const] : []),
  ]);
}
