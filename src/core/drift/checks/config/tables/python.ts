/** Tools of Python; each from its own configuration reference. */
import type { Tool } from '../table';

/** pytest docs, "Configuration Options". */
export const PYTEST: Tool = {
  name: 'pytest',
  runsWithout: true,
  directions: {
    patience: 'timeout reruns faulthandler_timeout',
    strict: 'xfail_strict strict strict_markers strict_config strict_xfail empty_parameter_set_mark timeout_func_only',
    lax: 'continue-on-collection-errors',
    exclusions: 'norecursedirs collect_ignore collect_ignore_glob',
    inclusions: 'testpaths python_files python_classes python_functions',
    arguments: 'addopts',
    neutral: `
      minversion markers required_plugins cache_dir console_output_style log_cli log_cli_level log_cli_format
      log_cli_date_format log_file log_file_level log_file_format log_level log_format log_date_format
      junit_family junit_suite_name junit_logging junit_duration_report asyncio_mode
      asyncio_default_fixture_loop_scope asyncio_default_test_loop_scope pythonpath tmp_path_retention_count
      tmp_path_retention_policy verbosity_assertions doctest_optionflags doctest_encoding env
      django_settings_module DJANGO_SETTINGS_MODULE
    `,
  },
};

/** coverage.py docs, "Configuration reference". */
export const COVERAGE: Tool = {
  name: 'coverage.py',
  directions: {
    floor: '**.fail_under',
    strict: '**.branch',
    lax: '**.ignore_errors',
    exclusions: `
      **.omit **.exclude_lines **.exclude_also **.partial_branches **.partial_also **.run_omit **.report_omit
      **.disable_warnings
    `,
    inclusions: '**.source **.include **.source_pkgs **.source_dirs',
    mappings: '**.paths.*',
    neutral: `
      **.precision **.show_missing **.skip_covered **.skip_empty **.sort **.format **.data_file **.parallel
      **.concurrency **.relative_files **.html.** **.xml.** **.json.** **.lcov.** **.debug **.dynamic_context
      **.sigterm **.patch **.plugins **.core **.title **.directory **.output
    `,
  },
};

/** Ruff docs, "Settings". */
export const RUFF: Tool = {
  name: 'Ruff',
  cascades: true,
  inherits: 'extend',
  directions: {
    ceiling: `
      **.max-complexity **.max-args **.max-branches **.max-returns **.max-statements **.max-locals
      **.max-bool-expr **.max-nested-blocks **.max-public-methods **.max-positional-args
    `,
    exclusions: `
      **.ignore **.extend-ignore exclude extend-exclude lint.exclude **.per-file-ignores.*
      **.extend-per-file-ignores.* **.external **.allowed-confusables **.logger-objects
    `,
    enables: '**.select **.extend-select **.extend-safe-fixes **.task-tags',
    inclusions: 'include extend-include',
    neutral: `
      target-version required-version preview fix fix-only unsafe-fixes show-fixes output-format cache-dir src
      namespace-packages format.** indent-width **.fixable **.unfixable **.extend-fixable **.extend-unfixable
      lint.preview lint.isort.** **.flake8-quotes.** **.pydocstyle.** **.typing-modules **.dummy-variable-rgx
      respect-gitignore force-exclude extend builtins **.explicit-preview-rules
    `,
  },
};

/** Flake8 docs, "Full Listing of Options", and pycodestyle's. */
export const FLAKE8: Tool = {
  name: 'Flake8',
  directions: {
    ceiling: 'max-complexity max-cognitive-complexity',
    strict: 'disable-noqa doctests',
    lax: 'exit-zero',
    exclusions: 'ignore extend-ignore exclude extend-exclude per-file-ignores noqa extend-immutable-calls',
    enables: 'select extend-select enable-extensions require-plugins',
    inclusions: 'filename',
    neutral: `
      format show-source statistics count jobs color output-file tee hang-closing indent-size import-order-style
      application-import-names application-package-names inline-quotes docstring-convention benchmark quiet
      verbose
    `,
  },
};

/** mypy docs, "The mypy configuration file". */
const MYPY_STRICT = `
  strict disallow_any_unimported disallow_any_expr disallow_any_decorated disallow_any_explicit
  disallow_any_generics disallow_subclassing_any disallow_untyped_calls disallow_untyped_defs
  disallow_incomplete_defs check_untyped_defs disallow_untyped_decorators strict_optional warn_redundant_casts
  warn_unused_ignores warn_no_return warn_return_any warn_unreachable warn_unused_configs strict_equality
  strict_bytes extra_checks no_implicit_reexport no_implicit_optional strict_concatenate
`;
export const MYPY: Tool = {
  name: 'mypy',
  inherits: 'strict',
  onByDefault: true,
  directions: {
    strict: MYPY_STRICT.replace(/\S+/g, '**.$&'),
    lax: `
      **.ignore_errors **.ignore_missing_imports **.implicit_optional **.implicit_reexport
      **.allow_untyped_globals **.allow_redefinition **.allow_untyped_calls
    `,
    exclusions: '**.exclude **.disable_error_code **.untyped_calls_exclude',
    enables: '**.enable_error_code',
    inclusions: 'files packages modules',
    neutral: `
      **.python_version **.platform **.plugins **.mypy_path **.namespace_packages **.explicit_package_bases
      **.cache_dir **.sqlite_cache **.incremental **.show_error_codes **.show_error_context **.show_column_numbers
      **.pretty **.color_output **.error_summary **.hide_error_codes **.module **.install_types **.non_interactive
      **.local_partial_types **.show_error_end **.scripts_are_modules **.verbosity **.native_parser
      **.warn_incomplete_stub **.always_true **.always_false **.python_executable **.junit_xml **.txt_report
      **.html_report **.show_absolute_path
    `,
  },
};

/** Pylint docs, "All pylint options". */
export const PYLINT: Tool = {
  name: 'Pylint',
  directions: {
    floor: '**.fail-under',
    ceiling: `
      **.max-args **.max-attributes **.max-bool-expr **.max-branches **.max-complexity **.max-locals
      **.max-module-lines **.max-nested-blocks **.max-parents **.max-positional-arguments **.max-public-methods
      **.max-returns **.max-statements
    `,
    lax: '**.exit-zero **.errors-only',
    exclusions: `
      **.disable **.ignore **.ignore-paths **.ignore-patterns **.ignored-modules **.ignored-classes
      **.generated-members **.good-names
    `,
    enables: '**.enable **.fail-on **.load-plugins **.bad-functions',
    neutral: `
      **.jobs **.output-format **.reports **.score **.msg-template **.persistent **.py-version **.init-hook
      **.extension-pkg-allow-list **.extension-pkg-whitelist **.indent-string **.expected-line-ending-format
      **.spelling-dict **.suggestion-mode **.unsafe-load-any-extension **.limit-inference-results **.evaluation
    `,
  },
};

/** Pyright docs, "Configuration". */
export const PYRIGHT: Tool = {
  name: 'Pyright',
  inherits: 'typeCheckingMode',
  directions: {
    strict: `
      strictListInference strictDictionaryInference strictSetInference strictParameterNoneValue
      analyzeUnannotatedFunctions deprecateTypingAliases
    `,
    lax: 'enableTypeIgnoreComments',
    level: 'report*',
    exclusions: 'exclude ignore',
    inclusions: 'include',
    enables: 'strict',
    neutral: `
      pythonVersion pythonPlatform venv venvPath stubPath extraPaths typeshedPath executionEnvironments.**
      defineConstant.** verboseOutput useLibraryCodeForTypes $schema pythonPath
    `,
  },
};
