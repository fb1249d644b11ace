/** `deps/*` read from the files of Mix and Rebar. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  HASH,
  HOOK,
  judgedTrees,
  LOCK_ONLY,
  LOOKALIKE,
  listedOf,
  REMOVED,
  SOURCE,
  testFileCases,
  UNPARSED,
  windows,
} from './changedFiles';

const BASE = `defmodule App.MixProject do
  use Mix.Project

  @tools "~> 0.3"

  def project do
    [
      app: :app,
      version: "0.1.0",
      deps: deps(),
      aliases: aliases()
    ]
  end

  # What we build on.
  defp deps do
    [
      {:alpha, "~> 1.0"},
      {:beta, "~> 2.0", only: [:dev, :test], runtime: false},
      {:tools, @tools}
    ]
  end

  defp aliases do
    [setup: ["deps.get", {:cmd, "x"}]]
  end
end
`;
const first = (entry: string) => BASE.replace('{:alpha', `${entry},\n      {:alpha`);
const alpha = (entry: string) => BASE.replace('{:alpha, "~> 1.0"}', entry);

describe('a changed mix.exs', () => {
  testFileCases('mix.exs', [
    ['adds', BASE, first('{:delta, "~> 3.0"}'), [ADDED]],
    ['removes', BASE, BASE.replace('      {:alpha, "~> 1.0"},\n', ''), [REMOVED]],
    ['changes', BASE, alpha('{:alpha, "~> 1.1"}'), [CHANGED]],
    ['changes an attribute', BASE, BASE.replace('~> 0.3', '~> 0.4'), [CHANGED]],
    ['moves to another environment', BASE, BASE.replace('only: [:dev, :test]', 'only: :test'), [CHANGED]],
    ['adds in a list of its own', BASE, BASE.replace('deps: deps()', 'deps: [{:delta, "1.0.0"}]'), [ADDED]],
    [
      'adds in another function',
      BASE,
      BASE.replace('  defp aliases', '  defp test_deps, do: [{:delta, "1.0.0"}]\n\n  defp aliases'),
      [ADDED],
    ],
    ['takes from git', BASE, alpha('{:alpha, git: "https://git.example.com/alpha.git", tag: "v1"}'), [CHANGED, SOURCE]],
    ['takes from GitHub', BASE, alpha('{:alpha, "~> 1.0", github: "example/alpha"}'), [CHANGED, SOURCE]],
    ['takes from a folder outside', BASE, alpha('{:alpha, path: "../alpha"}'), [CHANGED, SOURCE]],
    ['takes from a folder inside', BASE, alpha('{:alpha, path: "libs/alpha"}'), [CHANGED]],
    ['takes from the umbrella', BASE, alpha('{:alpha, in_umbrella: true}'), [CHANGED]],
    ['takes from another registry', BASE, alpha('{:alpha, "~> 1.0", organization: "example"}'), [CHANGED, SOURCE]],
    ['takes a package of another name', BASE, alpha('{:alpha, "~> 1.0", hex: :phoenx}'), [CHANGED, LOOKALIKE]],
    ['overrides', BASE, alpha('{:alpha, "~> 1.0", override: true}'), [CHANGED]],
    ['compiles by a command', BASE, alpha('{:alpha, "~> 1.0", compile: "make all"}'), [CHANGED, HOOK]],
    ['adds an option that chooses nothing', BASE, alpha('{:alpha, "~> 1.0", runtime: false}'), []],
    ['changes its own version and aliases', BASE, BASE.replace('0.1.0', '0.2.0').replace('"x"', '"y"'), []],
    [
      'is reordered',
      BASE,
      BASE.replace(/(\s+\{:alpha.*)(\s+\{:beta.*)/, '$2$1').replace(':dev, :test', ':test, :dev'),
      [],
    ],
    ['is formatted', BASE, BASE.replace(/\[\s+\{:alpha/, '[{:alpha').replace(', only', ',\n only'), []],
    [
      'is commented',
      BASE,
      BASE.replace('# What', '# All that "').replace('{:tools, @tools}', '{:tools, @tools} # {:x, "1"}'),
      [],
    ],
    [
      'has text in sigils',
      BASE,
      BASE.replace('app: :app', 'app: :app, files: ~w(lib) ++ [~s|a " b|], match: ~r/#/'),
      [],
    ],
    ['is written on Windows', BASE, windows(BASE), []],
    ['goes', BASE, null, [REMOVED, REMOVED, REMOVED]],
    ['comes', null, BASE, [ADDED, ADDED, ADDED]],
    ['imitates', BASE, first('{:phoenx, "~> 1.7"}'), [ADDED, LOOKALIKE]],
    ['computes a version', BASE, alpha('{:alpha, version()}'), [CHANGED, UNPARSED]],
    ['interpolates a version', BASE, alpha('{:alpha, "~> #{v("x")}.0"}'), [CHANGED, UNPARSED]],
    ['computes its list', BASE, BASE.replace('deps: deps()', 'deps: Shared.all()'), [UNPARSED]],
    [
      'filters its list',
      BASE,
      BASE.replace(/\n {4}\]\n {2}end\n\n {2}defp aliases/, '\n    ] |> Enum.filter(&ok?/1)\n  end\n\n  defp aliases'),
      [UNPARSED],
    ],
    [
      'evaluates another file',
      BASE,
      'def deps, do: Code.eval_file("deps.exs")\n',
      [REMOVED, REMOVED, REMOVED, UNPARSED],
    ],
    ['breaks a bracket', BASE, BASE.replace('1.0"}', '1.0"'), [UNPARSED]],
    ['breaks a string', BASE, BASE.replace('0.1.0"', '0.1.0'), [UNPARSED]],
  ]);

  it('is listed verbatim, with what is meant', async () => {
    const head = alpha('{:alpha, ">= 1.0.0 and < 2.0.0", hex: "Other", only: :dev}');
    assert.deepEqual(await listedOf({ 'mix.exs': BASE }, { 'mix.exs': head }), [
      ['alpha', '~> 1.0', '>= 1.0.0 and < 2.0.0, hex: "Other"', true, 'deps (dev)', 'pkg:hex/other'],
    ]);
  });
});

const locked = (name: string, version: string, { hash = `in${version}`, needs = '', repo = 'hexpm' } = {}) =>
  `  "${name}": {:hex, :${name}, "${version}", "${hash}", [:mix], [${needs}], "${repo}", "out${version}"},\n`;
const OMEGA = '{:omega, "~> 1.0", [hex: :omega, repo: "hexpm", optional: false]}';
const lock = (version: string, omega: string, more = '', place = {}) =>
  `%{\n${locked('alpha', version, { needs: OMEGA })}${more}${locked('omega', omega, place)}}\n`;
const mix = (version: string, omega: string, wanted = '~> 1.0', more = '', place = {}) => ({
  'mix.exs': alpha(`{:alpha, "${wanted}"}`),
  'mix.lock': lock(version, omega, more, place),
});

describe('a changed mix.lock', () => {
  const base = mix('1.0.0', '2.0.0');
  const alone = (text: string) => judgedTrees(base, { ...base, 'mix.lock': text });

  it('is explained by its manifest', async () => {
    assert.deepEqual(await judgedTrees(base, mix('1.1.0', '2.1.0', '~> 1.1')), [`${CHANGED} mix.exs`]);
  });

  it('lists what moved', async () => {
    assert.deepEqual((await listedOf(base, mix('1.1.0', '2.1.0', '~> 1.1'))).slice(1), [
      ['alpha', '1.0.0', '1.1.0', true, null, 'pkg:hex/alpha'],
      ['omega', '2.0.0', '2.1.0', false, null, 'pkg:hex/omega'],
    ]);
  });

  it('warns of what moves alone, beside what is explained too', async () => {
    assert.deepEqual(await alone(lock('1.0.0', '2.0.1')), [`${LOCK_ONLY} mix.lock`]);
    assert.deepEqual(await alone(lock('1.0.0', '2.0.0', locked('extra', '1.0.0'))), [`${LOCK_ONLY} mix.lock`]);
    const lines = await judgedTrees(base, mix('1.1.0', '2.0.0', '~> 1.1', locked('extra', '1.0.0')));
    assert.deepEqual(lines, [`${CHANGED} mix.exs`, `${LOCK_ONLY} mix.lock`]);
  });

  it('blocks another hash or place of the same version', async () => {
    assert.deepEqual(await alone(lock('1.0.0', '2.0.0', '', { hash: 'evil' })), [`${HASH} mix.lock`]);
    assert.deepEqual(await alone(lock('1.0.0', '2.0.0', '', { repo: 'hexpm:example' })), [`${SOURCE} mix.lock`]);
  });

  it('blocks what comes from git', async () => {
    const git = '  "omega": {:git, "https://git.example.com/omega.git", "0123", [tag: "v2"]},\n';
    const text = lock('1.0.0', '2.0.0').replace(/ {2}"omega".*\n/, git);
    assert.deepEqual(await alone(text), [`${SOURCE} mix.lock`, `${LOCK_ONLY} mix.lock`]);
    const moved = { ...base, 'mix.lock': text.replace('"0123"', '"4567"') };
    const lines = await judgedTrees({ ...base, 'mix.lock': text }, moved);
    assert.deepEqual(lines, [`${SOURCE} mix.lock`, `${LOCK_ONLY} mix.lock`]);
  });

  it('may be reordered, formatted, commented, and be as older versions wrote it', async () => {
    const text = lock('1.0.0', '2.0.0');
    const [open = '', one = '', two = '', close = ''] = text.split('\n');
    const old = text.replaceAll(/, "hexpm", "out[\d.]+"/g, '');
    for (const same of [
      [open, two, one, close].join('\n'),
      text.replaceAll(', ', ',  '),
      `# ours\n${text}`,
      windows(text),
      old,
    ])
      assert.deepEqual(await alone(same), []);
  });

  it('is refused when it is none', async () => {
    for (const text of ['%{', 'x', '%{"a": 1}', '%{"a": {:svn, "x"}}'])
      assert.deepEqual(await alone(text), [`${UNPARSED} mix.lock`]);
  });

  it('is missed when it goes', async () => {
    assert.deepEqual(await judgedTrees(base, { 'mix.exs': base['mix.exs'] }), [`${HASH} mix.lock`]);
  });
});

const REBAR = `%% our project
{erl_opts, [debug_info]}.
{deps, [
  {alpha, "1.0.0"},
  beta,
  {gamma, {git, "https://git.example.com/gamma.git", {tag, "1.0"}}}
]}.
{profiles, [{test, [{deps, [{meck, "0.9.0"}]}]}]}.
`;

describe('a changed rebar.config', () => {
  testFileCases('rebar.config', [
    ['adds', REBAR, REBAR.replace('beta,', 'beta, delta,'), [ADDED]],
    ['adds to a profile', REBAR, REBAR.replace('{meck', 'proper, {meck'), [ADDED]],
    ['removes', REBAR, REBAR.replace('  beta,\n', ''), [REMOVED]],
    ['changes', REBAR, REBAR.replace('1.0.0', '1.1.0'), [CHANGED]],
    ['takes another tag of git', REBAR, REBAR.replace('"1.0"', '"1.1"'), [CHANGED]],
    [
      'takes from git',
      REBAR,
      REBAR.replace('"1.0.0"', '{git, "https://git.example.com/alpha.git"}'),
      [CHANGED, SOURCE],
    ],
    [
      'takes from Mercurial',
      REBAR,
      REBAR.replace('"1.0.0"', '{hg, "https://hg.example.com/alpha"}'),
      [CHANGED, SOURCE],
    ],
    ['takes another package', REBAR, REBAR.replace('"1.0.0"', '"1.0.0", {pkg, other}'), [CHANGED]],
    ['moves to a profile', REBAR, REBAR.replace('  beta,\n', '').replace('{meck', 'beta, {meck'), [CHANGED]],
    ['adds a plug-in', REBAR, `${REBAR}{plugins, [rebar3_hex]}.\n`, [ADDED]],
    ['adds a hook', REBAR, `${REBAR}{pre_hooks, [{compile, "make"}]}.\n`, [HOOK]],
    ['overrides', REBAR, `${REBAR}{overrides, [{override, alpha, [{deps, []}]}]}.\n`, [ADDED]],
    ['names another registry', REBAR, `${REBAR}{hex, [{repos, [#{name => <<"x">>}]}]}.\n`, [SOURCE]],
    ['changes options', REBAR, REBAR.replace('debug_info', 'warnings_as_errors'), []],
    ['is reordered', REBAR, REBAR.replace(/( {2}\{alpha.*\n)( {2}beta.*\n)/, '$2$1'), []],
    ['is commented and formatted', REBAR, REBAR.replace('our', 'their "').replaceAll('  ', '    '), []],
    ['is quoted', REBAR, REBAR.replace('{alpha', "{'alpha'"), []],
    ['is written on Windows', REBAR, windows(REBAR), []],
    ['breaks', REBAR, REBAR.replace(']}.', ']'), [UNPARSED]],
    ['has entries that nobody knows', REBAR, REBAR.replace('beta,', '[beta],'), [REMOVED, UNPARSED]],
  ]);

  it('is changed by a program that nobody reads', async () => {
    assert.deepEqual(await judgedTrees({}, { 'rebar.config.script': 'CONFIG.\n' }), [
      `${UNPARSED} rebar.config.script`,
    ]);
  });
});

describe('a changed rebar.lock', () => {
  const rebarLock = (version: string, hash = `H${version}`, ref = '0123') => `{"1.2.0",
[{<<"alpha">>,{pkg,<<"alpha">>,<<"${version}">>},0},
 {<<"gamma">>,{git,"https://git.example.com/gamma.git",{ref,"${ref}"}},0}]}.
[{pkg_hash,[{<<"alpha">>, <<"${hash}">>}]},
{pkg_hash_ext,[{<<"alpha">>, <<"E${version}">>}]}].
`;
  const tree = (config: string, text: string) => ({ 'rebar.config': config, 'rebar.lock': text });
  const base = tree(REBAR, rebarLock('1.0.0'));
  const alone = (text: string) => judgedTrees(base, tree(REBAR, text));

  it('is explained by its manifest, and else a warning', async () => {
    const head = tree(REBAR.replace('1.0.0', '1.1.0'), rebarLock('1.1.0'));
    assert.deepEqual(await judgedTrees(base, head), [`${CHANGED} rebar.config`]);
    assert.deepEqual(await alone(rebarLock('1.1.0')), [`${LOCK_ONLY} rebar.lock`]);
  });

  it('blocks another hash of the same version, and another commit', async () => {
    assert.deepEqual(await alone(rebarLock('1.0.0', 'evil')), [`${HASH} rebar.lock`]);
    const lines = await alone(rebarLock('1.0.0', 'H1.0.0', '4567'));
    assert.deepEqual(lines, [`${SOURCE} rebar.lock`, `${LOCK_ONLY} rebar.lock`]);
  });

  it('may be formatted, and is refused when it is none', async () => {
    assert.deepEqual(await alone(windows(rebarLock('1.0.0').replaceAll(',', ', '))), []);
    for (const text of ['{"1.2.0",[', 'alpha']) assert.deepEqual(await alone(text), [`${UNPARSED} rebar.lock`]);
  });
});
