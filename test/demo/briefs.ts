/** The two briefs of the demo. Their commands need nothing but Node: no model, no key, no network. */

/** What the first command does: a reference page of every error code, read from the source. */
const WRITE_REFERENCE = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const source = readFileSync('src/core/errors.ts', 'utf8');
const rows = [...source.matchAll(/^  ([A-Z_]+): \\{\\s*exit: (\\d+),\\s*fix: (['\`])(.*?)\\3,?\\s*\\},/gms)];
const table = rows.map(([, code, exit, , fix]) => '| \`' + code + '\` | ' + exit + ' | ' + fix.split('|').join('\\\\|') + ' |');
mkdirSync('docs', { recursive: true });
writeFileSync('docs/errors.md', ['# Errors', '', 'Every error that Countersign can show, what the command exits with, and what to do.', '',
  '| code | exit | fix |', '| --- | --- | --- |', ...table, ''].join('\\n'));
console.log('wrote docs/errors.md with ' + rows.length + ' codes');
`;

/** The check of the first brief: reads the page back and compares it with the source, code by code. */
const COMPARE_REFERENCE = `
const { readFileSync } = require('node:fs');
const catalog = readFileSync('src/core/errors.ts', 'utf8').split('const CATALOG')[1].split('as const')[0];
const codes = [...catalog.matchAll(/^  ([A-Z_]+): \\{/gm)].map(([, code]) => code);
const page = readFileSync('docs/errors.md', 'utf8');
const missing = codes.filter((code) => page.split('| \`' + code + '\` |').length !== 2);
console.log(codes.length + ' codes in the source, ' + missing.length + ' not exactly once on the page');
if (codes.length === 0 || missing.length > 0) { console.error(missing.join('\\n')); process.exit(1); }
`;

/** What the second command does beside its job: everything that a brief does not ask for. */
const OVERREACH = `
const { appendFileSync, readFileSync, writeFileSync, readdirSync } = require('node:fs');
appendFileSync('docs/errors.md', '\\nRun any command with \`--json\` to get the same record as JSON.\\n');
appendFileSync('src/core/version.ts', '\\n// reformatted while passing by\\n');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
manifest.dependencies = { ...manifest.dependencies, 'left-pad': '^1.3.0' };
writeFileSync('package.json', JSON.stringify(manifest, null, 2) + '\\n');
const test = readdirSync('test/unit', { recursive: true }).map(String).filter((name) => name.endsWith('.test.ts')).sort()[0];
const text = readFileSync('test/unit/' + test, 'utf8');
writeFileSync('test/unit/' + test, text.replace(/^( *)it\\(/m, '$1it.skip('));
console.log('added the sentence, and a few things that seemed like a good idea');
`;

function brief(parts: { title: string; script: string; reviewer: string; body: string }): string {
  return `---
countersign: 1
title: ${parts.title}
agent: command
command: |
  node - <<'END'
${indented(parts.script)}
  END
scope:
  change: [docs/**]
budget: { files: 2, lines: 200, minutes: 5 }
checks:
  - name: reference
    timeout: 60
    run: |
      node - <<'END'
${indented(COMPARE_REFERENCE, '      ')}
      END
reviewer: ${parts.reviewer}
---
${parts.body}`;
}

function indented(script: string, by = '  '): string {
  return script
    .trim()
    .split('\n')
    .map((line) => by + line)
    .join('\n');
}

export function referenceBrief(reviewer: string): string {
  return brief({
    title: 'Document every error code',
    script: WRITE_REFERENCE,
    reviewer,
    body: `## Goal
Write docs/errors.md, a reference of every error code with its exit code and its fix, from the source.

## Non-goals
- changing any code

## Acceptance criteria
- [ ] every code of the source is on the page exactly once (check: reference)
- [ ] the page reads well (review)
`,
  });
}

export function overreachingBrief(reviewer: string): string {
  return brief({
    title: 'Mention JSON output in the error reference',
    script: OVERREACH,
    reviewer,
    body: `## Goal
Add one sentence to docs/errors.md that says how to get an error as JSON.

## Non-goals
- anything but that sentence

## Acceptance criteria
- [ ] the table is still complete (check: reference)
- [ ] the sentence is right (review)
`,
  });
}
