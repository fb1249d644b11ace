/** Attributes of xUnit, NUnit, MSTest and TUnit, by their documentation. */
import type { Mark } from '../drafts';
import { type Annotation, argumentIn, type Marks, numberIn } from '../fluent/annotations';

const TESTS =
  /^(?:Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|Theory|Property|Arguments|Benchmark|STATestMethod|UITestMethod|\w*Fact|\w*Theory)$/;
const ROWS = /^(?:TestCase|InlineData|DataRow|Arguments|InlineAutoData|InlineAutoMoqData)$/;
const SETUPS = /^(?:SetUp|OneTimeSetUp|TestInitialize|ClassInitialize|Before|BeforeEvery)$/;
const SKIPPED = /^(?:Skip|Ignore|IgnoreReason|IgnoreMessage|Explicit)$/;

export function isTestAttribute(name: string): boolean {
  return TESTS.test(name);
}

export function isSetupAttribute(name: string): boolean {
  return SETUPS.test(name);
}

/** What one attribute says of the method or class that it stands on. */
export function readAttribute(attribute: Annotation): Marks {
  const { name, text } = attribute;
  return {
    isTest: isTestAttribute(name),
    skip: skipOf(attribute),
    rows: rowsOf(attribute),
    tables: tablesOf(attribute),
    provides: null,
    expects: name === 'ExpectedException' ? (argumentIn(attribute, 'value') ?? '') : null,
    retries: retriesOf(attribute),
    timeout: timeoutOf(attribute),
    text,
  };
}

function skipOf(attribute: Annotation): Mark | null {
  const { name, text, line } = attribute;
  if (/^(?:Ignore|Explicit|Skip)$/.test(name)) {
    return { text, line, conditional: argumentIn(attribute, 'Until') !== null };
  }
  if (
    /^(?:Platform|OSCondition|ConditionalFact|ConditionalTheory|SkipOnPlatform|ConditionalClass|CICondition|RunOn|ExcludeOn)$/.test(
      name,
    )
  ) {
    return { text, line, conditional: true };
  }
  const reason =
    argumentIn(attribute, 'Skip') ?? argumentIn(attribute, 'Ignore') ?? argumentIn(attribute, 'IgnoreReason');
  if (reason === null || reason === 'null' || ROWS.test(name)) return null;
  const conditional = argumentIn(attribute, 'SkipUnless') !== null || argumentIn(attribute, 'SkipWhen') !== null;
  return { text, line, conditional };
}

/** A row that is skipped is no row. */
function rowsOf({ name, args }: Annotation): readonly string[] | null | undefined {
  if (/^(?:ClassData|CombinatorialData|PairwiseData|AutoData|AutoMoqData|MethodDataSource)$/.test(name)) return null;
  if (!ROWS.test(name)) return undefined;
  if (args.some((arg) => SKIPPED.test(arg.name) && arg.values[0] !== 'null')) return [];
  const of = (word: string) => args.find((arg) => arg.name === word)?.values ?? [];
  return [[...of('value'), ...of('ExpectedResult')].join(',')];
}

function tablesOf({ name, args }: Annotation): readonly string[] {
  if (!/^(?:MemberData|TestCaseSource|DynamicData)$/.test(name)) return [];
  const [first = ''] = args.find((arg) => arg.name === 'value')?.values ?? [];
  return [first.replace(/^nameof\((?:\w+\.){0,8}(\w+)\)$/, '$1').replace(/^"|"$/g, '')];
}

function retriesOf(attribute: Annotation): number | null {
  if (!/^(?:Retry|RetryFact|RetryTheory|Flaky|AutoRetry)$/.test(attribute.name)) return null;
  return numberIn(argumentIn(attribute, 'value') ?? argumentIn(attribute, 'MaxRetries')) ?? 1;
}

function timeoutOf(attribute: Annotation): number | null {
  const { name } = attribute;
  if (/^(?:Timeout|MaxTime|CancelAfter)$/.test(name)) return numberIn(argumentIn(attribute, 'value'));
  return isTestAttribute(name) ? numberIn(argumentIn(attribute, 'Timeout')) : null;
}
