/** The macros by which frameworks of C and C++ name cases and what stands beside a name. */
import type { Mark } from '../drafts';
import type { Stream } from '../lines/stream';

export interface Named {
  /** With the groups around, outermost first. */
  readonly path: readonly string[];
  /** Whether it stands in another case: `SECTION`. */
  readonly nested: boolean;
  /** The suite that gives the rows of a value-parameterized case. */
  readonly suite: string | null;
}

const GOOGLE = /^(?:(?:[A-Z]+_)*(?:TYPED_)?TEST(?:_F|_P)?|IN_PROC_BROWSER_TEST_F)$/;
const CATCH =
  /^(?:TEST_CASE|SCENARIO|TEMPLATE_TEST_CASE|TEMPLATE_TEST_CASE_SIG|TEMPLATE_LIST_TEST_CASE|TEMPLATE_PRODUCT_TEST_CASE|TEST_CASE_TEMPLATE)$/;
const CATCH_FIXTURE =
  /^(?:TEST_CASE_METHOD|TEST_CASE_FIXTURE|SCENARIO_METHOD|TEST_CASE_PERSISTENT_FIXTURE|TEMPLATE_TEST_CASE_METHOD)$/;
const NESTED = /^(?:SECTION|SUBCASE|DYNAMIC_SECTION|GIVEN|WHEN|THEN|AND_GIVEN|AND_WHEN|AND_THEN)$/;
const BOOST =
  /^(?:BOOST_(?:AUTO|FIXTURE|DATA|AUTO_PARAM)_TEST_CASE(?:_TEMPLATE|_F)?|BOOST_DATA_TEST_CASE|START_TEST|TEST_METHOD)$/;

/** What a macro names, by its name and arguments; null when it names no case. */
export function namedBy(macro: string, args: readonly string[]): Named | null {
  const texts = args.map((text) => text.replace(/^"|"$/g, ''));
  const [first = '', second = ''] = texts;
  if (NESTED.test(macro)) return { path: [first], nested: true, suite: null };
  if (CATCH.test(macro)) return { path: [first === '' ? 'anonymous' : first], nested: false, suite: null };
  if (CATCH_FIXTURE.test(macro)) return { path: [second], nested: false, suite: null };
  if (BOOST.test(macro)) {
    const isFirst = !/^BOOST_DATA_TEST_CASE_F$/.test(macro);
    return first === '' ? null : { path: [isFirst ? first : second], nested: false, suite: null };
  }
  if (!GOOGLE.test(macro) || args.length !== 2 || !/^[\w:<>]+$/.test(first) || !/^\w+$/.test(second)) return null;
  const suite = first.replace(/^DISABLED_/, '');
  return { path: [suite, second.replace(/^DISABLED_/, '')], nested: false, suite: macro.endsWith('_P') ? suite : null };
}

/** `DISABLED_` (GoogleTest), `IGNORE_TEST` (CppUTest), `[.]`, `[!mayfail]` (Catch2). */
export function skipIn(macro: string, args: readonly string[], line: number): Mark | null {
  const mark = (text: string): Mark => ({ text, line, conditional: false });
  if (/^(?:IGNORE_TEST|XFAIL_TEST)$/.test(macro)) return mark(macro);
  if (GOOGLE.test(macro)) return args.slice(0, 2).some((arg) => arg.startsWith('DISABLED_')) ? mark('DISABLED_') : null;
  if (!CATCH.test(macro) && !CATCH_FIXTURE.test(macro)) return null;
  const tag = args
    .slice(1, 3)
    .map((arg) => /\[(?:\.[^\]]*|hide|!hide|!mayfail|!shouldfail)\]/.exec(arg)?.[0])
    .find(Boolean);
  return tag === undefined ? null : mark(tag);
}

/** `* doctest::skip()`, `* utf::disabled()`, `* utf::timeout(10)`, which stand behind a name or in its brackets. */
export function decorated(
  stream: Stream,
  from: number,
  to: number,
  line: number,
): { skip: Mark | null; timeout: number | null } {
  let skip: Mark | null = null;
  let timeout: number | null = null;
  for (let at = from; at < to; at++) {
    const name = stream.at(at);
    if (!/^(?:\*|::)$/.test(stream.at(at - 1)) || stream.at(at + 1) !== '(') continue;
    const value = stream.compact({ from: at + 2, to: stream.partner(at + 1) }, 40);
    if (/^(?:skip|disabled|may_fail|should_fail)$/.test(name) && value !== 'false') {
      const conditional = value !== '' && value !== 'true';
      skip ??= { text: `${name}(${value})`, line, conditional };
    } else if (/^(?:enable_if|precondition|enabled)$/.test(name)) {
      if (name !== 'enabled') skip ??= { text: `${name}(…)`, line, conditional: true };
    } else if (name === 'timeout' && /^\d+(?:\.\d+)?$/.test(value)) timeout = Number(value) * 1_000;
  }
  return { skip, timeout };
}

/** Calls in a body that end it as skipped. */
export const SKIP = /^(?:GTEST_SKIP|SKIP|TEST_IGNORE|TEST_IGNORE_MESSAGE|QSKIP|skip|GTEST_SKIP_)$/;
/** How C programs name what a runner is told to run. */
export const REGISTERS =
  /^(?:RUN_TEST|CPPUNIT_TEST|cmocka_unit_test(?:_setup|_teardown|_setup_teardown)?|unit_test|tcase_add_test|tcase_add_loop_test|CU_add_test|CU_ADD_TEST)$/;
export const INSTANTIATES = /^INSTANTIATE_TEST_(?:SUITE|CASE)_P$/;
