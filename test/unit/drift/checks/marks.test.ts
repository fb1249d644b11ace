/** What is asked of a source before it is parsed for suppressions: it passes whatever the table knows. */
import assert from 'node:assert/strict';
import { MARKS, SUPPRESSIONS } from '../../../../src/core/drift/checks/suppression/kinds';
import type { Language } from '../../../../src/core/drift/syntax/language';

/** A text of each kind, by its mark. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'eslint-disable-line': ['// eslint-disable-next-line no-console', '// eslint-disable-line'],
  'eslint-disable': ['/* eslint-disable */'],
  'eslint rule off': ['/* eslint eqeqeq: 0 */'],
  '@ts-nocheck': ['// @ts-nocheck'],
  '@ts-ignore': ['// @ts-ignore'],
  '@ts-expect-error': ['// @ts-expect-error'],
  'biome-ignore-all': ['// biome-ignore-all lint: why'],
  'biome-ignore': ['// biome-ignore lint: why'],
  'tslint:disable': ['// tslint:disable'],
  'oxlint-disable-line': ['// oxlint-disable-next-line x'],
  'oxlint-disable': ['/* oxlint-disable */'],
  'istanbul ignore file': ['/* istanbul ignore file */', '/* v8 ignore file */'],
  'coverage ignore': ['/* c8 ignore next */'],
  'mypy: ignore-errors': ['# mypy: ignore-errors'],
  'ruff: noqa': ['# ruff: NOQA'],
  'flake8: noqa': ['# flake8: noqa'],
  'pylint: skip-file': ['# pylint: skip-file'],
  'pyright: off': ['# pyright: basic'],
  'type: ignore': ['# type:  ignore'],
  'pyright: ignore': ['# pyright: ignore'],
  noqa: ['# NoQA'],
  nosec: ['# nosec'],
  'pylint: disable': ['# pylint: disable=x'],
  'pragma: no cover': ['# pragma: nocover', '# PRAGMA: no branch'],
  '#![allow]': ['#![allow(x)]', '#![ cfg_attr(unix, allow(x))]'],
  '#[allow]': ['#[\n  allow(x)]'],
  '#[expect]': ['#[expect(x)]'],
  nolint: ['//nolint:errcheck'],
  'lint:file-ignore': ['//lint:file-ignore U1000 why'],
  'lint:ignore': ['//lint:ignore U1000 why'],
  '#nosec': ['// #nosec'],
  '@file:Suppress': ['@file:Suppress("X")'],
  '@Suppress': ['@Suppress("X")'],
  '@SuppressWarnings': ['@SuppressWarnings("x")', '@SuppressFBWarnings("x")'],
  'CHECKSTYLE:OFF': ['// CHECKSTYLE:OFF'],
  '#pragma warning disable': ['#pragma warning disable CS1591'],
  SuppressMessage: ['[SuppressMessage("x", "y")]'],
  'phpcs:disable': ['// phpcs:disable'],
  'phpcs:ignoreFile': ['// phpcs:ignoreFile'],
  'phpcs:ignore': ['// phpcs:ignore'],
  '@phpstan-ignore': ['// @phpstan-ignore x'],
  '@psalm-suppress': ['/** @psalm-suppress X */'],
  '@codeCoverageIgnore': ['/** @codeCoverageIgnore */'],
  'rubocop:disable': ['# rubocop:disable X', '# rubocop:todo X'],
  ':nocov:': ['# :nocov:'],
  'swiftlint:disable': ['// swiftlint:disable all', '// swiftlint:disable:next x'],
  '#pragma warning(disable)': ['# pragma warning ( disable : 4996 )'],
  '#pragma diagnostic ignored': ['#pragma GCC diagnostic ignored "-Wall"'],
  NOLINT: ['// NOLINTNEXTLINE'],
  'cppcheck-suppress': ['// cppcheck-suppress x'],
  NOSONAR: ['// NOSONAR'],
};

describe('what a source is asked before it is parsed for suppressions', () => {
  it('passes an example of every kind of the table, in each of its languages', () => {
    for (const { mark, pattern, languages = Object.keys(MARKS) as Language[] } of SUPPRESSIONS) {
      const examples = (EXAMPLES[mark] ?? []).filter((text) => pattern.test(text));
      assert.notEqual(examples.length, 0, `${mark} has no example`);
      for (const language of languages) {
        for (const text of examples) assert.ok(MARKS[language].test(`a();\n${text}\n`), `${language}: ${text}`);
      }
    }
  });

  it('stops what only uses the words', () => {
    assert.equal(MARKS.rust.test('x.expect("allowed");'), false);
    assert.equal(MARKS.typescript.test('expect(a).toBe(ignored);'), false);
  });
});
