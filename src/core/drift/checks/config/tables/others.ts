/** Tools of the other languages, and services that read coverage; each from its own configuration reference. */
import type { Tool } from '../table';

/** Clippy docs, "Lint Configuration". */
export const CLIPPY: Tool = {
  name: 'Clippy',
  directions: {
    ceiling: '*threshold max-*',
    lax: 'allow-*',
    strict: 'warn-on-all-wildcard-imports check-private-items lint-commented-code',
    exclusions: 'doc-valid-idents allowed-* ignore-interior-mutability',
    enables: 'disallowed-* enforced-* enforce-* await-holding-invalid-types',
    neutral: 'msrv avoid-breaking-exported-api cargo-ignore-publish',
  },
};

/** Cargo Book, "The Manifest Format" (`[lints]`, targets) and "Profiles". */
export const CARGO: Tool = {
  name: 'Cargo',
  runsWithout: true,
  levels: true,
  onByDefault: true,
  directions: {
    level: '**.lints.*.*',
    strict: `
      profile.test.overflow-checks profile.test.debug-assertions lib.test lib.doctest package.autotests
      **.test.test **.harness lints.workspace
    `,
    neutral: '**.lints.*.*.priority **.check-cfg profile.test.**',
  },
};

/** Cargo Book, "Configuration": flags of the compiler that decide which lints fail. */
export const CARGO_CONFIG: Tool = {
  name: 'Cargo',
  directions: { enables: '**.rustflags' },
};

/** Maven: Surefire, Failsafe, JaCoCo, Checkstyle, PMD, SpotBugs and Enforcer (each plugin's goal reference). */
export const MAVEN: Tool = {
  name: 'Maven',
  runsWithout: true,
  directions: {
    floor: `
      **.minimum **.haltOnFailure.minimum **.lineRate **.branchRate **.totalLineRate **.totalBranchRate
      **.mutationThreshold **.coverageThreshold
    `,
    ceiling: '**.maximum **.maxAllowedViolations **.failurePriority **.maxAllowedFailures',
    patience: '**.rerunFailingTestsCount **.forkedProcessTimeoutInSeconds',
    strict: `
      **.haltOnFailure **.failOnViolation **.failsOnError **.failOnError **.failIfNoTests
      **.failIfNoSpecifiedTests **.failOnWarning **.includeTestSourceDirectory **.includeTests **.fail
      **.showWarnings
    `,
    lax: `
      **.skip **.skipTests **.skipITs **.skipExec **.testFailureIgnore **.maven.test.skip
      **.maven.test.failure.ignore **.jacoco.skip **.checkstyle.skip **.pmd.skip **.spotbugs.skip **.failsafe.skip
      **.maven.test.skip.exec **.enforcer.skip
    `,
    exclusions: `
      **.excludes.** **.excludedGroups **.excludeFilterFile **.suppressionsLocation **.suppressionsFileLocation
    `,
    inclusions: '**.includes.** **.groups **.configLocation **.test',
    neutral: `
      **.version **.groupId **.artifactId **.dependencies.** **.id **.phase **.goals.** **.argLine **.forkCount
      **.reuseForks **.parallel **.threadCount **.systemPropertyVariables.** **.environmentVariables.**
      **.trimStackTrace **.reportFormat **.outputDirectory **.dataFile **.destFile **.propertyName **.counter
      **.value **.element **.encoding **.consoleOutput **.useSystemClassLoader **.reportsDirectory
      **.redirectTestOutputToFile **.#text **.inherited
    `,
  },
};

/** Gradle's and SimpleCov's settings that are looked for line by line. */
export const LINES: Tool = {
  name: 'the build script',
  runsWithout: true,
  directions: {
    floor: 'minimum.* minimum_coverage.* minimum_coverage_by_file.*',
    ceiling: 'maxWarnings.* maxErrors.* maxIssues.* maximum_coverage_drop.*',
    strict: `
      failOnViolation.* isFailOnViolation.* abortOnError.* isAbortOnError.* warningsAsErrors.*
      isWarningsAsErrors.* allWarningsAsErrors.* failOnNoDiscoveredTests.* refuse_coverage_drop.*
    `,
    lax: 'ignoreFailures.* isIgnoreFailures.* testDisabled',
    exclusions: 'exclude',
  },
  onByDefault: true,
};

/** RuboCop docs, "Configuration": every cop has a default. */
export const RUBOCOP: Tool = {
  name: 'RuboCop',
  runsWithout: true,
  cascades: true,
  inherits: '*',
  directions: {
    ceiling: '*.Max *.MaxLength',
    strict: '*.Enabled AllCops.EnabledByDefault',
    lax: 'AllCops.DisabledByDefault AllCops.StyleGuideCopsOnly',
    level: '*.Severity',
    exclusions: `
      AllCops.Exclude *.Exclude *.AllowedMethods *.AllowedPatterns *.AllowedNames *.IgnoredMethods *.Allowed*
      *.CountAsOne *.AllowURI
    `,
    inclusions: 'AllCops.Include *.Include',
    enables: 'require plugins',
    neutral: `
      AllCops.TargetRubyVersion AllCops.TargetRailsVersion AllCops.SuggestExtensions AllCops.CacheRootDirectory
      AllCops.UseCache AllCops.DisplayCopNames AllCops.ExtraDetails AllCops.DisplayStyleGuide inherit_mode.**
      *.Description *.StyleGuide *.VersionAdded
    `,
  },
};

/** PHPUnit docs, "The XML Configuration File". */
export const PHPUNIT: Tool = {
  name: 'PHPUnit',
  directions: {
    strict: `
      phpunit.@failOn* phpunit.@beStrictAbout* phpunit.@requireCoverageMetadata phpunit.@enforceTimeLimit
      phpunit.@checkForUnintentionallyCoveredCode phpunit.@forceCoversAnnotation **.@convert*
    `,
    exclusions: '**.exclude.** **.exclude phpunit.testsuites.testsuite.*.exclude phpunit.source.exclude.**',
    inclusions: `
      phpunit.testsuites.testsuite.*.directory phpunit.testsuites.testsuite.*.directory.**
      phpunit.testsuites.testsuite.*.file.** phpunit.source.include.** phpunit.coverage.include.**
      phpunit.filter.**
    `,
    filter: 'phpunit.groups.** phpunit.@defaultTestSuite',
    neutral: `
      phpunit.@xmlns:* phpunit.@xsi:* phpunit.@colors phpunit.@cache* phpunit.@stopOn* phpunit.@executionOrder
      phpunit.@verbose phpunit.@testdox phpunit.@display* phpunit.@processIsolation phpunit.@backup*
      phpunit.@resolveDependencies phpunit.php.** phpunit.logging.** phpunit.coverage.report.**
      phpunit.coverage.@* phpunit.listeners.** phpunit.@columns ?xml.**
    `,
  },
};

/** PHPStan docs, "Config Reference". */
export const PHPSTAN: Tool = {
  name: 'PHPStan',
  directions: {
    floor: 'parameters.level',
    strict: 'parameters.check* parameters.report* parameters.strictRules.** parameters.exceptions.check.**',
    exclusions: `
      parameters.ignoreErrors parameters.ignoreErrors.** parameters.excludePaths parameters.excludePaths.*
      parameters.excludes_analyse parameters.universalObjectCratesClasses
    `,
    inclusions: 'parameters.paths',
    neutral: `
      parameters.tmpDir parameters.parallel.** parameters.editorUrl parameters.editorUrlTitle
      parameters.phpVersion parameters.tipsOfTheDay parameters.symfony.** parameters.doctrine.**
      parameters.errorFormat
    `,
  },
};

/** Psalm docs, "Configuration": level 1 is the strictest. */
export const PSALM: Tool = {
  name: 'Psalm',
  directions: {
    ceiling: 'psalm.@errorLevel',
    level: 'psalm.issueHandlers.** psalm.issueHandlers.*.@errorLevel',
    strict: `
      psalm.@find* psalm.@strict* psalm.@reportMixedIssues psalm.@totallyTyped psalm.@ensure* psalm.@check*
      psalm.@disableSuppressAll
    `,
    lax: 'psalm.@allow* psalm.@hide*',
    exclusions: 'psalm.projectFiles.ignoreFiles.**',
    inclusions: 'psalm.projectFiles.directory.** psalm.projectFiles.directory psalm.projectFiles.file.**',
    neutral: `
      psalm.@xmlns psalm.@xmlns:* psalm.@xsi:* psalm.@cacheDirectory psalm.@phpVersion
      psalm.@resolveFromConfigFile psalm.@threads ?xml.**
    `,
  },
};

/** Codecov docs, "codecov.yml Reference". */
export const CODECOV: Tool = {
  name: 'Codecov',
  directions: {
    floor: '**.target',
    ceiling: '**.status.*.threshold **.status.*.*.threshold **.threshold',
    strict: 'codecov.require_ci_to_pass **.enabled codecov.notify.wait_for_ci',
    lax: '**.informational',
    level: 'coverage.status.project coverage.status.patch coverage.status.changes',
    exclusions: 'ignore',
    inclusions: '**.paths **.flags',
    neutral: `
      comment.** comment coverage.precision coverage.round coverage.range parsers.** github_checks.**
      github_checks **.carryforward codecov.** flag_management.** component_management.** fixes slack_app
      **.if_ci_failed **.branches **.base
    `,
  },
};

/** SonarQube docs, "Analysis parameters" and "Narrowing the focus". */
export const SONAR: Tool = {
  name: 'SonarQube',
  directions: {
    strict: 'sonar.qualitygate.wait',
    lax: 'sonar.skip',
    exclusions: `
      **.exclusions **.exclusions.* sonar.issue.ignore.** sonar.coverage.exclusions sonar.cpd.exclusions
      sonar.test.exclusions
    `,
    inclusions: 'sonar.sources sonar.tests **.inclusions',
    neutral: `
      sonar.projectKey sonar.projectName sonar.projectVersion sonar.organization sonar.host.**
      sonar.sourceEncoding sonar.links.** sonar.scm.** sonar.projectDescription sonar.verbose sonar.log.level
      sonar.java.source sonar.python.version sonar.projectBaseDir
    `,
  },
};

/** Detekt docs, "Configuration File"; SwiftLint's README, "Configuration". */
export const DETEKT: Tool = {
  name: 'Detekt',
  directions: {
    ceiling: '**.threshold **.thresholdIn* **.allowed* build.maxIssues',
    strict: '**.active config.validation config.warningsAsErrors',
    exclusions: '**.excludes **.ignore* config.excludes',
    neutral: 'console-reports.** output-reports.** processors.** build.weights.**',
  },
  onByDefault: true,
};
export const SWIFTLINT: Tool = {
  name: 'SwiftLint',
  cascades: true,
  directions: {
    ceiling: '*.warning *.error',
    strict: 'strict',
    lax: 'lenient allow_zero_lintable_files',
    exclusions: 'disabled_rules excluded *.excluded *.ignores*',
    inclusions: 'included only_rules',
    enables: 'opt_in_rules analyzer_rules custom_rules.**',
    neutral: 'reporter cache_path check_for_updates swiftlint_version',
  },
};

/** Rule sets in XML whose every element counts: Checkstyle, PMD. */
export const RULE_SET: Tool = { name: 'the rule set', directions: {} };
