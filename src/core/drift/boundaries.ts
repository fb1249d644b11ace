/**
 * The boundaries that are known by path, in one table. Patterns are in the language of scopes and lower-case: paths are
 * folded before they are compared, because the tools that read these files often run on folding file systems.
 * Boundaries without an entry (dependencies, tests, checks, secrets, binary) are known by content.
 */
import type { Boundary } from '../brief/brief';
import { compileMatcher } from '../brief/scope';

interface PathGroup {
  /** What these files do, so that a reader can judge an addition. */
  readonly note: string;
  readonly paths: readonly string[];
}

type PathBoundary = Extract<Boundary, 'ci' | 'config' | 'auth' | 'billing' | 'security' | 'schema' | 'license'>;

const TABLE: Readonly<Record<PathBoundary, readonly PathGroup[]>> = {
  ci: [
    {
      note: 'pipelines of hosted services',
      paths: [
        '.github/{workflows,actions}/**',
        '.github/{dependabot,renovate}.{yml,yaml,json,json5}',
        '**/.gitlab-ci.{yml,yaml}',
        '.gitlab/**',
        '**/.{circleci,buildkite,teamcity,woodpecker,drone,semaphore,tekton,forgejo,gitea}/**',
        '**/.{travis,appveyor,drone,cirrus,woodpecker}.{yml,yaml}',
        '**/{appveyor,azure-pipelines,bitbucket-pipelines,cloudbuild,buildspec,codefresh,wercker}.{yml,yaml}',
        '**/azure-pipelines*.{yml,yaml}',
        '**/.azure-pipelines/**',
        '**/jenkinsfile*',
        '**/{renovate,.renovaterc}.{json,json5}',
        '**/.renovaterc',
      ],
    },
    {
      note: 'hooks that git or a hook manager runs',
      paths: [
        '**/{.husky,.githooks,.git-hooks,githooks}/**',
        '**/{lefthook,.lefthook,lefthook-local,.lefthook-local}.{yml,yaml,toml,json}',
        '**/.pre-commit-{config,hooks}.{yml,yaml}',
        '**/.{huskyrc,lintstagedrc,simple-git-hooks}*',
        '**/{.simple-git-hooks,simple-git-hooks,lint-staged.config}.{js,cjs,mjs,ts,json}',
        '**/.overcommit.yml',
      ],
    },
  ],
  config: [
    {
      note: 'instructions and tool servers of coding agents: they steer the next agent and can start programs',
      paths: [
        '**/{agents,agents.override,agent,claude,claude.local,gemini,qwen,codex,copilot,warp}.md',
        '**/.{cursor,windsurf,claude,codex,gemini,qwen,opencode,cline,clinerules,roo,kilocode,kilo,goose,amp}/**',
        '**/.{agent,agents,junie,continue,augment,kiro,trae,aider,copilot,factory,openhands,rules}/**',
        '**/.{cursorrules,windsurfrules,clinerules,roorules,roomodes,kilocodemodes,goosehints,rules}',
        '**/.{cursor,cline,gemini,codeium,aider,goose,continue}ignore',
        '**/.aider*',
        '**/opencode.{json,jsonc}',
        '**/{.mcp,mcp}.json',
        '.github/{copilot-instructions,agents}.md',
        '.github/{instructions,prompts,chatmodes,agents,skills,copilot,hooks}/**',
      ],
    },
    {
      note: 'editors: tasks, launch configurations and settings that name programs',
      paths: [
        '**/{.vscode,.idea,.fleet,.zed,.vs,.nova}/**',
        '**/*.code-workspace',
        '**/{.exrc,.vimrc,.nvimrc,.nvim.lua,.dir-locals.el}',
      ],
    },
    {
      note: 'containers and environments that a tool builds or enters on its own',
      paths: [
        '**/.devcontainer/**',
        '**/.devcontainer.json',
        '**/{dockerfile,containerfile}',
        '**/{dockerfile,containerfile}.*',
        '**/*.{dockerfile,containerfile}',
        '**/{docker-compose,compose}*.{yml,yaml}',
        '**/.gitpod.{yml,dockerfile}',
        '**/{vagrantfile,procfile,.envrc,.tool-versions,.mise.toml,mise.toml,.sdkmanrc}',
        '**/.mise/**',
      ],
    },
    {
      note: 'package managers: registries, script shells, plugins',
      paths: [
        '**/{.npmrc,.yarnrc,.yarnrc.yml,.pnpmrc,.bunfig.toml,bunfig.toml,.pnpmfile.cjs,.pnpmfile.mjs}',
        '**/.yarn/{releases,plugins,sdks}/**',
        '**/{.pypirc,pip.conf,pip.ini,nuget.config,.condarc,.gemrc}',
        '**/{.cargo,.bundle,.mvn,.composer}/**',
        '**/gradle/wrapper/**',
      ],
    },
    {
      note: 'build entry points that people and tools run without reading',
      paths: [
        '**/{makefile,gnumakefile,justfile,.justfile,rakefile,taskfile.yml,taskfile.yaml,earthfile}',
        '**/{.bazelrc,.buckconfig}',
      ],
    },
    {
      note: 'git itself, and Countersign’s own policy',
      paths: ['**/{.gitattributes,.gitconfig,.lfsconfig,.mailmap}', '.countersign/**'],
    },
  ],
  auth: [
    {
      note: 'who may come in, and as whom',
      paths: [
        '**/{auth,authn,authz,authentication,authorization,oauth,oauth2,oidc,sso,saml,login,signin}/**',
        '**/{session,sessions,permission,permissions,rbac,acl,iam,identity}/**',
        '**/{auth,authn,authz,authentication,authorization,oauth,oauth2,oidc,sso,saml,login,signin}.*',
        '**/{session,sessions,permission,permissions,rbac,acl,jwt,password,passwords,passport}.*',
        '**/{auth,oauth,login,session,jwt,password}{-,_,.}*.*',
        '**/*{-,_,.}{auth,oauth,login,session,jwt,permissions}.*',
      ],
    },
  ],
  billing: [
    {
      note: 'what costs somebody money',
      paths: [
        '**/{billing,payment,payments,invoice,invoices,invoicing,checkout,subscription,subscriptions}/**',
        '**/{pricing,ledger,payroll,stripe,paypal,braintree,tax,taxes,refunds}/**',
        '**/{billing,payment,payments,invoice,invoices,invoicing,checkout,subscription,subscriptions}.*',
        '**/{pricing,ledger,payroll,stripe,paypal,braintree,tax,taxes,refund,refunds}.*',
        '**/{billing,payment,invoice,stripe}{-,_}*.*',
        '**/*{-,_}{billing,payment,payments,invoice,invoices,stripe}.*',
      ],
    },
  ],
  security: [
    {
      note: 'what keeps attackers out',
      paths: [
        '**/{security,crypto,cryptography,encryption,firewall,csrf,waf}/**',
        '**/{security,crypto,cryptography,encryption,encrypt,decrypt,firewall,csrf,xss,csp,cors}.*',
        '**/{sanitize,sanitizer,sanitise,sanitiser,hsts,tls,secrets,vault}.*',
        '**/*{-,_}{security,crypto,encryption,csrf,csp,cors,sanitizer}.*',
        '**/{.snyk,.trivyignore,.gitleaks.toml,.gitleaksignore,.semgrepignore,.nsprc,osv-scanner.toml}',
      ],
    },
  ],
  schema: [
    {
      note: 'migrations and the shape of stored data',
      paths: [
        '**/{migration,migrations,migrate,alembic,flyway,liquibase,changelogs}/**',
        '**/{schema.prisma,schema.sql,structure.sql,schema.cql}',
        '**/db/{schema,structure}.*',
        '**/*{.,-,_}migration{,s}.*',
        '**/v*__*.sql',
        '**/{atlas.hcl,alembic.ini,flyway.conf}',
      ],
    },
  ],
  license: [
    {
      note: 'licences, and who owns and answers for what',
      paths: [
        '**/{license,licence,copying,notice,unlicense,patents,authors}',
        '**/{license,licence,copying,notice,unlicense,patents,authors}.{md,txt,rst,adoc,html}',
        '**/{license,licence}-{mit,apache,bsd,gpl,mpl,unlicense,third-party}*',
        '**/third{-,_,}party{-,_,}{notices,licenses}*',
        '**/{licenses,licences}/**',
        '**/{codeowners,owners,maintainers}',
        '**/{security,code_of_conduct}.md',
        '**/{security.txt,cla.md,dco}',
      ],
    },
  ],
};

/** Names the boundaries of a path. */
export interface BoundaryTable {
  /** Boundaries that the path belongs to: those of the table first, then the policy's. */
  of(path: string): readonly string[];
  /** The policy's boundaries that a line belongs to. Those of the table by content are in `boundaryContents.ts`. */
  ofLine(text: string): readonly string[];
}

/** A boundary of a policy: by paths, and by words that a line of it holds. */
export interface NamedBoundary {
  readonly name: string;
  readonly paths: readonly string[];
  readonly contains: readonly string[];
}

type Matcher = readonly [name: string, matches: (path: string) => boolean];

/** Each is compiled at the first question: whoever asks none, such as a host at rest, does without the machines. */
const BUILT_IN: readonly Matcher[] = Object.entries(TABLE).map(([name, groups]) => {
  let matches: ((path: string) => boolean) | null = null;
  return [
    name,
    (path: string) => {
      matches ??= compileMatcher(groups.flatMap((group) => group.paths));
      return matches(path.toLowerCase());
    },
  ];
});

/** The first boundary of the table that a path belongs to, or null; for whoever must ask before anything is written. */
export function boundaryOf(path: string): string | null {
  return BUILT_IN.find(([, matches]) => matches(path))?.[0] ?? null;
}

/** The table, extended by a policy's boundaries, whose paths count as written. Throws PATTERN_INVALID. */
export function compileBoundaries(extra: readonly NamedBoundary[]): BoundaryTable {
  const matchers: readonly Matcher[] = [
    ...BUILT_IN,
    ...extra.filter(({ paths }) => paths.length > 0).map(({ name, paths }): Matcher => [name, compileMatcher(paths)]),
  ];
  const worded = extra.filter(({ contains }) => contains.length > 0);
  // Several rules ask about the same paths.
  const known = new Map<string, readonly string[]>();
  const look = (path: string) => [...new Set(matchers.filter(([, matches]) => matches(path)).map(([name]) => name))];
  return {
    of: (path) => {
      const names = known.get(path) ?? look(path);
      known.set(path, names);
      return names;
    },
    ofLine: (text) =>
      worded.filter(({ contains }) => contains.some((word) => text.includes(word))).map(({ name }) => name),
  };
}
