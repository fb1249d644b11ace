/** .pre-commit-config.yaml (pre-commit documentation, "Adding pre-commit plugins to your project"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { repositoryOf } from './git';

const hook = z.looseObject({
  id: word.optional(),
  language: word.optional(),
  additional_dependencies: z.array(word).or(z.literal('')).optional(),
});
const repositories = z.array(z.looseObject({ repo: word, rev: word.optional(), hooks: z.array(hook).optional() }));
// Very old files are the list itself.
const config = z
  .looseObject({ repos: repositories.or(z.literal('')).optional() })
  .or(repositories.transform((repos) => ({ repos })));

/** Languages of hooks, and where their packages come from. */
const ECOSYSTEMS: Readonly<Record<string, string>> = {
  python: 'pypi',
  node: 'npm',
  ruby: 'gem',
  rust: 'cargo',
  golang: 'golang',
  dart: 'pub',
  conda: 'conda',
};

/** Reads repositories of hooks, and the packages that hooks are given. Throws Unreadable. */
export function readPreCommit(text: string): Manifest {
  const { repos } = parseYaml(text, config);
  const requirements = (repos || []).flatMap(({ repo, rev = '', hooks = [] }) => {
    const isOwn = repo === 'local' || repo === 'meta';
    const place = isOwn ? [] : [{ ...repositoryOf(repo), group: 'repos', spec: rev, everywhere: false }];
    const packages = hooks.flatMap(({ id = '', language, additional_dependencies: list }) =>
      (list || []).map((each) => packageOf(`hooks.${id}`, each, language)),
    );
    return [...place, ...packages];
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

function packageOf(group: string, text: string, language: string | undefined): Requirement {
  const known = language !== undefined && Object.hasOwn(ECOSYSTEMS, language) ? ECOSYSTEMS[language] : undefined;
  // A hook of another repository does not say its language here: only npm and Go write `name@version`.
  const ecosystem = known ?? (/^@?[^@\s=<>~]+@/.test(text) ? 'npm' : 'pypi');
  const [, name = text, spec = ''] =
    (ecosystem === 'pypi' ? /^([\w.-]+)(.*)$/s.exec(text) : /^(@?[^@:\s]+)(?:[@:](.*))?$/s.exec(text)) ?? [];
  const isElsewhere = /^(?:git\+|https?:|\.{0,2}\/)|@\s*(?:git\+|https?:)/.test(text);
  const own = { group, everywhere: false, ecosystem };
  if (isElsewhere)
    return { ...own, name: text, package: text, spec: text, source: 'git or a path', ecosystem: 'generic' };
  return { ...own, name, package: name, spec: spec.trim(), source: null };
}
