/** `deps/*` of Gemfiles, gemspecs and the lockfile of Bundler. */
import assert from 'node:assert/strict';
import { driftOf, said } from '../memoryTree';
import { askLockfile, evidenceOf, type Judged, judged, judgeEach, type Locked } from './judged';

const ADDED = 'block deps/added';
const REMOVED = 'block deps/removed';
const CHANGED = 'block deps/changed';
const SOURCE = 'block deps/source';
const HOOK = 'block deps/install-script';
const UNPARSED = 'warn deps/unparsed';

const BASE = `# frozen_string_literal: true

source "https://rubygems.org"
git_source(:github) { |repo| "https://github.com/#{repo}.git" }

ruby "3.2.0"
gemspec

gem "alpha", "~> 1.0", ">= 1.0.2"
gem 'beta', require: false

group :development, :test do
  gem "gamma" # for tests
end

if RUBY_VERSION >= "3.0"
  gem "delta", platforms: [:mri]
end
`;

describe('a Gemfile', () => {
  const cases: readonly Judged[] = [
    ['adds', BASE, `${BASE}gem "omicron", "1.0"\n`, [ADDED]],
    ['adds in parentheses', BASE, `${BASE}gem("omicron", "1.0") if ENV["X"]\n`, [ADDED]],
    ['removes', BASE, BASE.replace(`gem 'beta', require: false\n`, ''), [REMOVED]],
    ['changes', BASE, BASE.replace('~> 1.0', '~> 1.1'), [CHANGED]],
    ['changes in a block', BASE, BASE.replace('gem "gamma"', 'gem "gamma", "2"'), [CHANGED]],
    [
      'moves into a block',
      BASE,
      BASE.replace(`gem 'beta', require: false\n`, '').replace('gem "gamma"', 'gem "beta"\n  gem "gamma"'),
      [CHANGED],
    ],
    [
      'names its group itself',
      BASE,
      BASE.replace(/group :dev[^e]*end\n/, '').replace(
        /group .*\n.*\nend\n/,
        'gem "gamma", groups: [:test, :development]\n',
      ),
      [],
    ],
    ['changes a platform', BASE, BASE.replace('[:mri]', '[:mri, :windows]'), []],
    [
      'reorders',
      BASE,
      BASE.replace(`gem 'beta', require: false\n`, '').replace(
        'ruby "3.2.0"\n',
        `ruby "3.2.0"\ngem 'beta', require: false\n`,
      ),
      [],
    ],
    [
      'is formatted',
      BASE,
      BASE.replace('gem "alpha", "~> 1.0", ">= 1.0.2"', `gem( 'alpha',\n     '~> 1.0',\n     '>= 1.0.2' )`).replace(
        ':development, :test do',
        ':test, :development  do',
      ),
      [],
    ],
    [
      'is commented',
      BASE,
      `=begin\ngem "omicron"\n=end\n${BASE.replace('gemspec', '# gem "omicron"\ngemspec')}__END__\ngem "omicron"\n`,
      [],
    ],
    ['has other line ends', BASE, `\uFEFF${BASE.replaceAll('\n', '\r\n')}`, []],
    ['requires otherwise', BASE, BASE.replace('require: false', 'require: "beta/all"'), []],
    ['is for another Ruby', BASE, BASE.replace('3.2.0', '3.3.0'), []],
    [
      'takes one from git',
      BASE,
      BASE.replace('"~> 1.0", ">= 1.0.2"', 'git: "https://git.example/a.git", branch: "main"'),
      [CHANGED, SOURCE],
    ],
    ['takes one from GitHub', BASE, `${BASE}gem "omicron", :github => "example/omicron"\n`, [ADDED, SOURCE]],
    ['takes one from a path', BASE, `${BASE}gem "omicron", path: "../omicron"\n`, [ADDED, SOURCE]],
    ['takes those of a block from a path', BASE, `${BASE}path "engines" do\n  gem "omicron"\nend\n`, [ADDED, SOURCE]],
    [
      'takes those of a block from another registry',
      BASE,
      `${BASE}source "https://gems.example" do\n  gem "omicron"\nend\n`,
      [ADDED, SOURCE, SOURCE],
    ],
    [
      'takes one from another registry',
      BASE,
      `${BASE}gem "omicron", source: "https://gems.example"\n`,
      [ADDED, SOURCE],
    ],
    ['uses another registry', BASE, BASE.replace('https://rubygems.org', 'https://gems.example'), [SOURCE]],
    ['uses a further registry', BASE, BASE.replace('ruby "3', 'source "https://gems.example"\nruby "3'), [SOURCE]],
    ['means another place by GitHub', BASE, BASE.replace('https://github.com/', 'https://git.example/'), [SOURCE]],
    [
      'writes what it means by GitHub in a block',
      BASE,
      BASE.replace(
        /\{ \|repo\| (".*") \}/,
        'do |repo|\n  repo = "#{repo}/#{repo}" unless repo.include?("/")\n  $1\nend',
      ),
      [],
    ],
    ['uses a plug-in', BASE, `${BASE}plugin "omicron"\n`, [ADDED, HOOK]],
    ['computes a version', BASE, `${BASE}gem "omicron", ENV["VERSION"]\n`, [ADDED, UNPARSED]],
    ['computes a name', BASE, `${BASE}%w[a b].each do |name|\n  gem "lib-#{name}"\nend\n`, [UNPARSED]],
    ['hides one in a line', BASE, `${BASE}group(:test) { gem "omicron" }\n`, [UNPARSED]],
    ['reads another file', BASE, `${BASE}eval_gemfile "other.rb"\n`, [UNPARSED]],
    ['evaluates', BASE, `${BASE}instance_eval File.read("other.rb")\n`, [UNPARSED]],
    ['leaves a string open', BASE, `${BASE}gem "omicron\n`, [UNPARSED]],
    ['leaves a block open', BASE, `${BASE}group :x do\n`, [UNPARSED]],
    ['comes', null, BASE, [ADDED, ADDED, ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED, REMOVED, REMOVED]],
    ['imitates', BASE, `${BASE}gem "nokogirii"\n`, [ADDED, 'warn deps/lookalike']],
    [
      'skips strings, words and heredocs that speak of gems',
      BASE,
      `${BASE}puts <<~TEXT, /gem "x/, %q(gem 'y')\n  gem "omicron"\nTEXT\nmessage = "gem 'z'"\n`,
      [],
    ],
  ];
  judgeEach('Gemfile', cases);

  it('is read as gems.rb, too, and names groups and versions', async () => {
    assert.deepEqual(
      await evidenceOf('gems.rb', BASE, BASE.replace('gem "gamma"', 'gem "gamma", "2", platform: :mri')),
      ['development, test: gamma >= 0 → 2'],
    );
  });
});

describe('a gemspec', () => {
  const SPEC = `Gem::Specification.new do |s|
  s.name = "app"
  s.version = App::VERSION
  s.summary = <<~TEXT
    It has "quotes and add_dependency
  TEXT
  s.files = Dir["lib/**/*"].reject { |f| f.match(%r{^(test|spec)/}) }
  s.add_dependency "alpha", "~> 1.0", ">= 1.0.2"
  s.add_runtime_dependency(%q<beta>, ["< 3"])
  s.add_development_dependency 'gamma'
end
`;
  judgeEach('app.gemspec', [
    ['adds', SPEC, SPEC.replace('  s.add_dev', '  s.add_dependency "omicron"\n  s.add_dev'), [ADDED]],
    ['removes', SPEC, SPEC.replace("  s.add_development_dependency 'gamma'\n", ''), [REMOVED]],
    ['changes', SPEC, SPEC.replace('~> 1.0', '~> 1.1'), [CHANGED]],
    ['moves', SPEC, SPEC.replace("add_development_dependency 'gamma'", "add_dependency 'gamma'"), [CHANGED]],
    [
      'says the same with another call',
      SPEC,
      SPEC.replace('add_runtime_dependency(%q<beta>, ["< 3"])', "add_dependency 'beta', '< 3'"),
      [],
    ],
    [
      'reorders',
      SPEC,
      SPEC.replace("  s.add_development_dependency 'gamma'\n", '').replace(
        '  s.add_dependency',
        "  s.add_development_dependency 'gamma'\n  s.add_dependency",
      ),
      [],
    ],
    ['is formatted', SPEC, SPEC.replaceAll('  s.', '\ts.').replaceAll('\n', '\r\n'), []],
    ['is commented', SPEC, SPEC.replace('  s.add_dep', '  # s.add_dependency "omicron"\n  s.add_dep'), []],
    ['changes something else', SPEC, SPEC.replace('"app"', '"other"'), []],
    ['computes a version', SPEC, SPEC.replace('"~> 1.0", ">= 1.0.2"', '"= #{version}"'), [CHANGED, UNPARSED]],
    [
      'computes names',
      SPEC,
      SPEC.replace('  s.add_dep', '  %w[a b].each { |name| s.add_dependency name }\n  s.add_dep'),
      [UNPARSED],
    ],
    ['depends on a condition', SPEC, SPEC.replace("'gamma'", "'gamma' if ENV['X']"), []],
    [
      'builds an extension',
      SPEC,
      SPEC.replace('  s.add_dep', '  s.extensions = ["ext/app/extconf.rb"]\n  s.add_dep'),
      [HOOK],
    ],
    ['imitates', SPEC, SPEC.replace("'gamma'", "'gamma'\n  s.add_dependency 'rspecc'"), [ADDED, 'warn deps/lookalike']],
    ['comes', null, SPEC, [ADDED, ADDED, ADDED]],
    ['breaks', SPEC, SPEC.replace('"app"', '"app'), [UNPARSED]],
  ]);
});

const lock = ({ alpha, beta, extra, hash, place }: Locked) => {
  const other = place === undefined ? '' : `GEM\n  remote: ${place}\n  specs:\n    beta (${beta})\n\n`;
  const own = place === undefined ? `    beta (${beta})\n` : '';
  const more = extra === undefined ? '' : `    extra (${extra})\n`;
  return `${other}PATH\n  remote: .\n  specs:\n    app (1.0)\n      alpha\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    alpha (${alpha})\n      beta (>= 1.0)\n${own}${more}\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  alpha (~> 1.0)\n  app!\n\nCHECKSUMS\n  alpha (${alpha}) sha256=1${alpha}\n  app (1.0)\n  beta (${beta}) sha256=${hash ?? `2${beta}`}\n\nRUBY VERSION\n   ruby 3.2.0p0\n\nBUNDLED WITH\n   2.5.0\n`;
};

askLockfile('Gemfile.lock', {
  path: 'Gemfile.lock',
  manifestPath: 'Gemfile',
  manifest: (alpha) => `source "https://rubygems.org"\ngem "alpha", "~> ${alpha}"\n`,
  empty: {
    manifest: 'source "https://rubygems.org"\n',
    lock: 'GEM\n  remote: https://rubygems.org/\n  specs:\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n',
  },
  lock,
  elsewhere: 'https://gems.example/',
  otherHash: 'ffff',
  regenerated: (text) =>
    text.replace('2.5.0', '2.6.0').replace('  ruby\n', '  ruby\n  x86_64-linux\n').replace('3.2.0p0', '3.3.0p0'),
  broken: ['GEM\n  specs:\n    alpha\n', 'NEWS\n  x\n', '  alpha (1.0)\n', 'GEM\n   remote: x\n'],
  hasEdges: true,
});

describe('a lockfile of Bundler', () => {
  const lines = (before: string, after: string) => judged('Gemfile.lock', before, after);
  const gems = (specs: string, sums = '') =>
    `GEM\n  remote: https://rubygems.org/\n  specs:\n${specs}\nCHECKSUMS\n${sums}\nDEPENDENCIES\n`;

  it('may build the same version for another platform', async () => {
    const linux = gems('    alpha (1.0-x86_64-linux)\n', '  alpha (1.0-x86_64-linux) sha256=11\n');
    const both = gems(
      '    alpha (1.0-arm64-darwin)\n    alpha (1.0-x86_64-linux)\n',
      '  alpha (1.0-arm64-darwin) sha256=22\n  alpha (1.0-x86_64-linux) sha256=11\n',
    );
    assert.deepEqual(await lines(linux, both), []);
    assert.deepEqual(await lines(both, both.replace('=22', '=33')), ['block deps/lockfile-only']);
  });

  it('gains hashes without a word, and loses none', async () => {
    const sums = gems('    alpha (1.0)\n', '  alpha (1.0) sha256=11\n');
    assert.deepEqual(await lines(gems('    alpha (1.0)\n'), sums), []);
    assert.deepEqual(await lines(sums, gems('    alpha (1.0)\n')), ['block deps/lockfile-only']);
  });

  it('tells of gems from git and from outside', async () => {
    const empty = gems('');
    const git = (revision: string) =>
      `GIT\n  remote: https://git.example/lib.git\n  revision: ${revision}\n  branch: main\n  specs:\n    lib (1.0)\n\n${empty}`;
    assert.deepEqual(await lines(empty, git('abc')), ['block deps/source', 'warn deps/lockfile-only']);
    assert.ok((await lines(git('abc'), git('def'))).some((line) => line.startsWith('block')));
    const path = (remote: string) => `PATH\n  remote: ${remote}\n  specs:\n    lib (1.0)\n\n${empty}`;
    assert.deepEqual(await lines(empty, path('../lib')), ['block deps/source', 'warn deps/lockfile-only']);
    assert.deepEqual(await lines(empty, path('engines/lib')), []);
  });

  it('is explained by a gemspec beside it', async () => {
    const at = (version: string) => ({
      'app.gemspec': `Gem::Specification.new do |s|\n  s.add_dependency "alpha", "~> ${version}"\nend\n`,
      Gemfile: 'gemspec\n',
      'Gemfile.lock': lock({ alpha: version, beta: version }),
    });
    const report = await driftOf({ change: ['**/*'], base: at('1.0'), head: at('1.1') });
    assert.deepEqual(said(report), ['block deps/changed app.gemspec']);
  });
});
