/** Annotations of JUnit 4 to 6, TestNG, JUnit Pioneer, jqwik and rerunner-jupiter, by their documentation. */
import type { Mark } from '../drafts';
import { type Annotation, argumentIn, type Marks, numberIn } from '../fluent/annotations';

const TESTS =
  /^(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Example|Theory|ArchTest|RetryingTest|CartesianTest|CartesianProductTest|RepeatedIfExceptionsTest|ParameterizedRepeatedIfExceptionsTest|FieldSource|Spec|Fuzz|FuzzTest|Benchmark)$/;
const UNITS: Readonly<Record<string, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};

export function isTestAnnotation(name: string): boolean {
  return TESTS.test(name);
}

/** What one annotation says of the method or class that it stands on. */
export function readAnnotation(annotation: Annotation): Marks {
  const { name, text } = annotation;
  return {
    isTest: isTestAnnotation(name),
    skip: skipOf(annotation),
    rows: rowsOf(annotation),
    tables: tablesOf(annotation),
    provides: providesOf(annotation),
    expects: expectedOf(annotation),
    retries: retriesOf(annotation),
    timeout: timeoutOf(annotation),
    text,
  };
}

function skipOf(annotation: Annotation): Mark | null {
  const { name, text, line } = annotation;
  if (/^(?:Disabled|Ignore|Ignored|DisabledForJreRange)$/.test(name)) {
    return { text, line, conditional: name === 'DisabledForJreRange' };
  }
  if (/^(?:Test|ParameterizedTest)$/.test(name) && argumentIn(annotation, 'enabled') === 'false') {
    return { text, line, conditional: false };
  }
  if (
    /^(?:DisabledUntil|IfProfileValue|ConditionalIgnore|RunIf|EnabledIf\w*|EnabledOn\w*|EnabledFor\w*|EnabledInNativeImage|DisabledIf\w*|DisabledOn\w*|DisabledInNativeImage|DisabledWhen\w*)$/.test(
      name,
    )
  ) {
    return { text, line, conditional: true };
  }
  return null;
}

function rowsOf({ name, args }: Annotation): readonly string[] | null | undefined {
  if (/^(?:NullSource|EmptySource)$/.test(name)) return [name];
  if (name === 'NullAndEmptySource') return ['NullSource', 'EmptySource'];
  if (name === 'CsvSource') {
    const block = args.find((arg) => arg.name === 'textBlock')?.values[0];
    if (block !== undefined) return linesOf(block);
    const rows = args.find((arg) => arg.name === 'value')?.values;
    return (
      rows?.map((row) =>
        row
          .replace(/^"|"$/g, '')
          .replace(/\s*,\s*/g, ',')
          .trim(),
      ) ?? null
    );
  }
  if (/^(?:ValueSource|TestWith|ValueSources)$/.test(name)) {
    return args.filter((arg) => arg.name !== 'names').flatMap(({ values }) => values);
  }
  if (/^(?:EnumSource|CsvFileSource|ArgumentsSource|FieldSource|Values|JsonSource)$/.test(name)) return null;
  return undefined;
}

function linesOf(block: string): readonly string[] {
  const lines = block.replace(/^"""|"""$/g, '').split('\n');
  return lines
    .map((line) => line.trim().replace(/\s*,\s*/g, ','))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function tablesOf(annotation: Annotation): readonly string[] {
  const unquoted = (text: string) => text.replace(/^"|"$/g, '').replace(/^.*#/, '');
  if (annotation.name === 'MethodSource') {
    const names = annotation.args.filter(({ name }) => name === 'value').flatMap(({ values }) => values);
    return names.length === 0 ? [''] : names.map(unquoted);
  }
  const provider = annotation.name === 'Test' ? argumentIn(annotation, 'dataProvider') : null;
  return provider === null ? [] : [unquoted(provider)];
}

function providesOf(annotation: Annotation): string | null {
  if (annotation.name !== 'DataProvider') return null;
  return argumentIn(annotation, 'name')?.replace(/^"|"$/g, '') ?? null;
}

function expectedOf(annotation: Annotation): string | null {
  if (annotation.name !== 'Test') return null;
  return argumentIn(annotation, 'expected') ?? argumentIn(annotation, 'expectedExceptions');
}

function retriesOf(annotation: Annotation): number | null {
  const { name } = annotation;
  if (
    /^(?:RetryingTest|Retry|RetryTest|Retriable|Flaky|Rerun|RepeatedIfExceptionsTest|ParameterizedRepeatedIfExceptionsTest)$/.test(
      name,
    )
  ) {
    return (
      numberIn(
        argumentIn(annotation, 'value') ?? argumentIn(annotation, 'maxAttempts') ?? argumentIn(annotation, 'repeats'),
      ) ?? 1
    );
  }
  return name === 'Test' && argumentIn(annotation, 'retryAnalyzer') !== null ? 1 : null;
}

function timeoutOf(annotation: Annotation): number | null {
  if (annotation.name === 'Timeout') {
    const unit = argumentIn(annotation, 'unit')?.split('.').at(-1) ?? 'SECONDS';
    const value = numberIn(argumentIn(annotation, 'value'));
    return value === null ? null : value * (UNITS[unit] ?? 1_000);
  }
  if (annotation.name !== 'Test') return null;
  return numberIn(argumentIn(annotation, 'timeout') ?? argumentIn(annotation, 'timeOut'));
}
