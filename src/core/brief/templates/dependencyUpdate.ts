import type { Template } from './template';

export const dependencyUpdate: Template = {
  id: 'dependency-update',
  summary: 'a dependency to a newer version, and what that needs in the code',
  budget: { files: 15, lines: 400, minutes: 30 },
  allow: ['dependencies'],
  scope: [
    '{package.json,package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,bun.lock,bun.lockb}',
    '{pyproject.toml,poetry.lock,uv.lock,requirements.txt,Cargo.toml,Cargo.lock,go.mod,go.sum}',
    '{pom.xml,build.gradle,build.gradle.kts,Gemfile,Gemfile.lock,composer.json,composer.lock}',
  ],
  body: `## Goal
<!-- Which dependency, from which version to which, and why. -->

## Non-goals
- other dependencies

## Acceptance criteria
- [ ] manifest and lockfile name the same new version, from the same registry (review)
- [ ] everything works with it (check: tests)

## Context
<!-- The changelog's breaking changes that matter here. -->
`,
};
