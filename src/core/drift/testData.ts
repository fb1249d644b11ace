/** Files that tests feed on: nobody installs, runs or trusts what they hold. */

const FOLDER = /(?:^|\/)(?:(?:__)?fixtures?(?:__)?|test[-_]?data|__tests__|__mocks__|tests?|specs?|e2e)\//i;
const NAME = /(?:[._-](?:test|spec|tests)\.\w+|_test\.\w+|(?:^|\/)test_[^/]*\.py|(?:Test|Tests|Spec)\.\w+)$/;

/** Whether a path is a test's, or what a test reads. */
export function isTestData(path: string): boolean {
  return FOLDER.test(path) || NAME.test(path);
}
