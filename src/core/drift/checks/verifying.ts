/** Which commands prove something: what a pipeline or a recipe loses when they go. */

/** Words of programs and scripts that test, lint, check types or build. */
const VERIFYING = new RegExp(
  [
    '\\b(?:tests?|jest|vitest|mocha|ava|karma|cypress|playwright|pytest|tox|nox|unittest|rspec|phpunit|pest|ctest|minitest)\\b',
    '\\b(?:lint|eslint|biome|tsc|typecheck|type-check|mypy|pyright|ruff|flake8|pylint|clippy|golangci-lint|staticcheck)\\b',
    '\\b(?:rubocop|phpstan|psalm|shellcheck|hadolint|actionlint|swiftlint|ktlint|detekt|checkstyle|spotbugs|sonar-scanner)\\b',
    '\\b(?:check|verify|coverage|codecov|build)\\b',
    '\\b(?:cargo|go) (?:vet|check|fmt)\\b|\\b(?:black|prettier|isort|gofmt|rustfmt) (?:.* )?(?:--check|-l|-d)\\b',
    '(?:^|\\s|/)(?:make|gradlew?|mvnw?)\\b',
  ].join('|'),
);

/** Commands that fetch, set up or move what the words above name, and prove nothing. */
const MANAGERS = 'npm|pnpm|yarn|bun|pip3?|pipx|gem|apt(?:-get)?|brew|cargo|go|composer|poetry|uv|dotnet|rustup';
const UTILITIES = [
  'docker|git|gh|echo|printf|mkdir|mv|cp|rm|cd|ls|cat|tar|zip|unzip|gzip|xargs|curl|wget|chmod|chown|export|set|find',
  'sed|awk|grep|tee|ln|touch|source|\\.|sleep|kill|if|for|lcov|genhtml|aws|gcloud|az|ssh|scp|rsync|\\[',
].join('|');
const PREPARING = new RegExp(
  `^\\s*(?:sudo\\s+)?(?:(?:${MANAGERS})\\s+(?:i|ci|install|add|get|tool|restore|sync|update|component)\\b|(?:${UTILITIES})(?:\\s|$)|test\\s+-|python3?\\s+-m\\s+pip\\b)`,
);

/** Actions of pipelines that carry, publish or announce what was built. */
const CARRYING =
  /^uses \S*\b(?:attest|provenance|sbom|artifacts?|cache|checkout|setup|release|deploy|publish|push|upload|download|comment|notify|label)/;

export function verifies(command: string): boolean {
  const text = command.slice(0, 2_000);
  return VERIFYING.test(text) && !PREPARING.test(text) && !CARRYING.test(text);
}

/** Whether a command builds, and proves nothing beyond that. */
export function onlyBuilds(command: string): boolean {
  return !verifies(command.replace(/\bbuild\b/g, ' ').replace(/(^|\s|\/)(?:make|gradlew?|mvnw?)\b/g, ' '));
}

/** Whether a command brings what was built to its users. */
export function publishes(command: string): boolean {
  return /\b(?:publish|deploy|release|upload)\b/.test(command.slice(0, 2_000));
}

/** Names of scripts and targets by which people and pipelines run tests, linters and type checkers. */
const WELL_KNOWN =
  /^(?:(?:tests?|lint|check|typecheck|type-check|types|verify|validate|coverage|ci|spec)(?:[:_-].*)?|(?:unit|e2e|integration)[:_-]?tests?)$/;
/** Scripts of the same families that are for people at work, and prove nothing. */
const CONVENIENCE = /[:_-](?:watch|debug|fix|ui|open|update|dev|write|staged|w|u|inspect|profile)(?:$|[:_-])/;

export function isWellKnown(name: string): boolean {
  return WELL_KNOWN.test(name) && !CONVENIENCE.test(name);
}
