/** Test runners and coverage tools of JavaScript; each from its own configuration reference. */
import type { Tool } from '../table';

/** Jest docs, "Configuring Jest". */
export const JEST: Tool = {
  name: 'Jest',
  runsWithout: true,
  directions: {
    floor: '**.coverageThreshold.*.*',
    patience: '**.testTimeout **.retryTimes',
    strict: '**.errorOnDeprecated **.collectCoverage **.detectOpenHandles',
    lax: '**.passWithNoTests **.onlyChanged **.forceExit **.onlyFailures',
    exclusions: `
      **.testPathIgnorePatterns **.coveragePathIgnorePatterns **.modulePathIgnorePatterns
      **.watchPathIgnorePatterns
    `,
    inclusions: '**.testMatch **.testRegex **.roots **.projects **.collectCoverageFrom',
    filter: '**.testNamePattern **.filter **.runTestsByPath',
    mappings: '**.moduleNameMapper.* **.transform.* **.setupFiles **.setupFilesAfterEnv **.globals.**',
    neutral: `
      **.verbose **.silent **.reporters **.coverageReporters **.coverageDirectory **.cacheDirectory **.displayName
      **.maxWorkers **.clearMocks **.resetMocks **.restoreMocks **.bail **.notify **.notifyMode **.watchPlugins
      **.workerIdleMemoryLimit **.cache **.preset **.testEnvironment **.$schema **.color **.maxConcurrency
      **.moduleFileExtensions **.extensionsToTreatAsEsm **.slowTestThreshold **.snapshotFormat.**
      **.coverageProvider **.rootDir **.transformIgnorePatterns **.moduleDirectories **.prettierPath **.showSeed
      **.randomize **.logHeapUsage
    `,
  },
};

/** Vitest docs, "Config"; the options stand below `test`. */
export const VITEST: Tool = {
  name: 'Vitest',
  runsWithout: true,
  directions: {
    floor: `
      **.thresholds.* **.thresholds.*.* coverage.lines coverage.branches coverage.functions coverage.statements
      **.coverage.lines **.coverage.branches **.coverage.functions **.coverage.statements
    `,
    patience: '**.testTimeout **.hookTimeout **.retry **.teardownTimeout',
    strict: `
      **.thresholds.perFile **.thresholds.100 **.coverage.enabled **.typecheck.enabled **.coverage.all
      **.expect.requireAssertions
    `,
    lax: `
      **.passWithNoTests **.allowOnly **.dangerouslyIgnoreUnhandledErrors **.thresholds.autoUpdate
      **.typecheck.ignoreSourceErrors
    `,
    exclusions: '**.test.exclude **.coverage.exclude **.typecheck.exclude',
    inclusions: '**.test.include **.coverage.include **.test.dir **.includeSource **.test.projects **.test.workspace',
    filter: '**.testNamePattern **.related **.changed',
    neutral: `
      plugins plugins.** build.** server.** define.** css.** base root publicDir envDir envPrefix preview.**
      optimizeDeps.** esbuild.** worker.** ssr.** logLevel clearScreen appType resolve.** json.** assetsInclude
      cacheDir mode **.test.globals **.test.environment **.test.reporters **.test.outputFile **.test.name
      **.test.pool **.test.poolOptions.** **.coverage.provider **.coverage.reporter **.coverage.reportsDirectory
      **.coverage.clean **.coverage.cleanOnRerun **.coverage.skipFull **.test.clearMocks **.test.restoreMocks
      **.test.mockReset **.test.css **.test.bail **.test.silent **.test.watch **.test.open **.test.fileParallelism
      **.test.maxWorkers **.test.minWorkers **.test.maxConcurrency **.test.slowTestThreshold
      **.test.hideSkippedTests **.test.logHeapUsage
    `,
  },
};

/** Istanbul's nyc and c8 (each README). */
export const NYC: Tool = {
  name: 'the coverage tool',
  directions: {
    floor: 'branches lines functions statements watermarks.*',
    strict: 'check-coverage per-file 100 all',
    exclusions: 'exclude ignore-class-methods',
    inclusions: 'include src extension',
    neutral: `
      reporter report-dir reports-dir temp-dir temp-directory tempDirectory cache cache-dir source-map sourceMap
      instrument es-modules clean cwd skip-full skip-empty show-process-tree silent parserPlugins allowExternal
      resolve omit-relative wrapper-length watermarks $schema
    `,
  },
};

/** Mocha docs, "Command-line options" and "Configuring Mocha". */
export const MOCHA: Tool = {
  name: 'Mocha',
  runsWithout: true,
  directions: {
    patience: 'retries timeout',
    strict: 'forbid-only forbid-pending fail-zero check-leaks fail-hook-affected-tests',
    lax: 'allow-uncaught pass-on-failing-test-suite dry-run',
    exclusions: 'exclude ignore',
    inclusions: 'spec file extension recursive',
    filter: 'grep fgrep invert g f i',
    neutral: `
      color colors reporter reporter-option reporter-options slow ui parallel jobs bail full-trace diff
      inline-diffs exit watch watch-files watch-ignore growl node-option loader import $schema global globals
      recursive enable-source-maps package
    `,
  },
};

/** AVA docs, "Configuration". */
export const AVA: Tool = {
  name: 'AVA',
  directions: {
    patience: 'timeout',
    strict: 'failWithoutAssertions',
    inclusions: 'files',
    filter: 'match',
    neutral: `
      failFast verbose concurrency color tap cache serial nodeArguments extensions extensions.** snapshotDir
      typescript.** environmentVariables.** workerThreads watchMode.**
    `,
  },
};

/** Karma docs, "Configuration File", and karma-coverage's `check`. */
export const KARMA: Tool = {
  name: 'Karma',
  directions: {
    floor: '**.check.global.* **.check.each.* **.thresholds.* **.thresholds.*.*',
    patience: 'browserNoActivityTimeout captureTimeout browserDisconnectTolerance browserDisconnectTimeout',
    strict: 'failOnEmptyTestSuite failOnSkippedTests failOnFailingTestSuite',
    lax: '**.emitWarning',
    exclusions: 'exclude **.check.global.excludes **.check.each.excludes',
    inclusions: 'files',
    neutral: `
      browsers customLaunchers.** reporters port colors logLevel autoWatch singleRun concurrency basePath plugins
      preprocessors.** **.dir **.reporters **.subdir frameworks restartOnFileChange
    `,
  },
};

/** Playwright docs, "Test configuration". */
export const PLAYWRIGHT: Tool = {
  name: 'Playwright',
  directions: {
    ceiling: '**.maxDiffPixels **.maxDiffPixelRatio **.threshold',
    patience: '**.retries **.timeout globalTimeout **.expect.timeout **.actionTimeout **.navigationTimeout',
    strict: 'forbidOnly failOnFlakyTests',
    lax: '**.ignoreSnapshots',
    exclusions: '**.testIgnore',
    inclusions: '**.testMatch testDir',
    filter: '**.grep **.grepInvert',
    neutral: `
      workers reporter reporter.** fullyParallel outputDir **.use.** webServer.** quiet maxFailures
      reportSlowTests.** **.name snapshotPathTemplate preserveOutput
    `,
  },
};

/** Cypress docs, "Configuration". */
export const CYPRESS: Tool = {
  name: 'Cypress',
  directions: {
    patience: `
      **.retries **.retries.* **.defaultCommandTimeout **.pageLoadTimeout **.requestTimeout **.responseTimeout
      **.execTimeout **.taskTimeout
    `,
    exclusions: '**.excludeSpecPattern',
    inclusions: '**.specPattern',
    neutral: `
      **.baseUrl **.video **.viewportWidth **.viewportHeight projectId **.reporter reporterOptions.**
      **.screenshotOnRunFailure **.videosFolder **.screenshotsFolder **.downloadsFolder **.env.** $schema
      **.chromeWebSecurity
    `,
  },
};
