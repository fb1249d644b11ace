/** `deps/*` read from the files of Swift packages, CocoaPods and Carthage. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  HASH,
  HOOK,
  judgedFile,
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

const SWIFT = `// swift-tools-version: 5.9
import PackageDescription

let package = Package(
    name: "App",
    products: [.library(name: "App", targets: ["App"])],
    dependencies: [
        .package(url: "https://github.com/example/alpha.git", from: "1.0.0"),
        .package(url: "https://github.com/example/beta", "2.0.0"..<"3.0.0"),
    ],
    targets: [
        .target(name: "App", dependencies: [.product(name: "Alpha", package: "alpha")]),
    ]
)
`;
const dependency = (call: string) => SWIFT.replace('dependencies: [\n', `dependencies: [\n        ${call},\n`);
const alpha = (call: string) => SWIFT.replace(/\.package\(url: "https:\/\/github.com\/example\/alpha.*\)/, call);
const target = (call: string) => SWIFT.replace('targets: [\n', `targets: [\n        ${call},\n`);

describe('a changed Package.swift', () => {
  testFileCases('Package.swift', [
    ['adds', SWIFT, dependency('.package(url: "https://github.com/example/delta", from: "1.0.0")'), [ADDED]],
    [
      'adds an exact one',
      SWIFT,
      dependency('.package(url: "https://github.com/example/delta", exact: "1.0.0")'),
      [ADDED],
    ],
    [
      'adds in the old way',
      SWIFT,
      dependency('.Package(url: "https://github.com/example/delta", majorVersion: 1)'),
      [ADDED],
    ],
    ['adds from a registry', SWIFT, dependency('.package(id: "example.delta", from: "1.0.0")'), [ADDED]],
    [
      'adds later',
      SWIFT,
      `${SWIFT}package.dependencies.append(.package(url: "https://github.com/example/delta", from: "1.0.0"))\n`,
      [ADDED],
    ],
    ['removes', SWIFT, alpha(''), [REMOVED]],
    ['changes', SWIFT, SWIFT.replace('from: "1.0.0"', 'from: "1.1.0"'), [CHANGED]],
    ['changes a range', SWIFT, SWIFT.replace('..<"3.0.0"', '..<"4.0.0"'), [CHANGED]],
    ['follows a branch', SWIFT, SWIFT.replace('from: "1.0.0"', 'branch: "main"'), [CHANGED]],
    ['fixes a commit', SWIFT, SWIFT.replace('from: "1.0.0"', '.revision("0123")'), [CHANGED]],
    ['takes from another owner', SWIFT, SWIFT.replace('example/alpha', 'elsewhere/alpha'), [ADDED, REMOVED]],
    [
      'takes from an unencrypted address',
      SWIFT,
      dependency('.package(url: "http://git.example.com/x", from: "1.0.0")'),
      [ADDED, SOURCE],
    ],
    ['takes from a folder inside', SWIFT, dependency('.package(path: "Packages/Delta")'), [ADDED]],
    ['takes from a folder outside', SWIFT, dependency('.package(name: "Delta", path: "../Delta")'), [ADDED, SOURCE]],
    [
      'writes the address another way',
      SWIFT,
      SWIFT.replace('https://github.com/example/alpha.git', 'git@github.com:example/alpha'),
      [],
    ],
    [
      'adds a binary',
      SWIFT,
      target('.binaryTarget(name: "Bin", url: "https://example.com/bin.zip", checksum: "01")'),
      [ADDED, SOURCE],
    ],
    ['adds a binary of its own', SWIFT, target('.binaryTarget(name: "Bin", path: "Bin.xcframework")'), [ADDED]],
    [
      'has another checksum',
      target('.binaryTarget(name: "Bin", url: "https://example.com/bin.zip", checksum: "01")'),
      target('.binaryTarget(name: "Bin", url: "https://example.com/bin.zip", checksum: "02")'),
      [HASH],
    ],
    [
      'uses a plug-in',
      SWIFT,
      SWIFT.replace('"alpha")]', '"alpha")], plugins: [.plugin(name: "Gen", package: "beta")]'),
      [HOOK],
    ],
    ['changes a target', SWIFT, SWIFT.replace('[.product', '["Core", .product'), []],
    ['is reordered', SWIFT, SWIFT.replace(/( {8}\.package\(url.*alpha.*\n)( {8}.*\n)/, '$2$1'), []],
    ['is formatted', SWIFT, SWIFT.replace('.package(url: ', '.package(\n    url : ').replace('5.9', '6.0'), []],
    [
      'is commented',
      SWIFT,
      dependency('/* .package(url: "x", from: "1") /* " */ */\n// .package(path: "y")\n').replace('),\n,', '),'),
      [],
    ],
    ['is written on Windows', SWIFT, windows(SWIFT), []],
    ['goes', SWIFT, null, [REMOVED, REMOVED]],
    [
      'imitates',
      SWIFT,
      dependency('.package(url: "https://github.com/vapour/vapor", from: "4.0.0")'),
      [ADDED, LOOKALIKE],
    ],
    ['computes an address', SWIFT, alpha('.package(url: base + "alpha", from: "1.0.0")'), [REMOVED, UNPARSED]],
    [
      'interpolates an address',
      SWIFT,
      alpha('.package(url: "https://\\(host("x"))/alpha", from: "1.0.0")'),
      [REMOVED, UNPARSED],
    ],
    ['computes a version', SWIFT, SWIFT.replace('from: "1.0.0"', 'from: alphaVersion'), [CHANGED, UNPARSED]],
    ['computes a binary', SWIFT, target('.binaryTarget(name: "Bin", url: place, checksum: "01")'), [UNPARSED]],
    ['breaks a bracket', SWIFT, SWIFT.replace('"1.0.0"),', '"1.0.0",'), [UNPARSED]],
    ['breaks a string', SWIFT, SWIFT.replace('"App",', '"App,'), [UNPARSED]],
  ]);

  it('sees both of two conditions', async () => {
    const two = (version: string) =>
      dependency(`.package(url: "https://github.com/example/alpha", from: "${version}")`);
    assert.deepEqual(await judgedFile('Package.swift', two('0.1.0'), two('0.2.0')), [CHANGED]);
  });

  it('may be for one version of the tools', async () => {
    assert.deepEqual(await judgedFile('Package@swift-5.9.swift', SWIFT, SWIFT.replace('1.0.0', '1.1.0')), [CHANGED]);
  });

  it('is listed by address', async () => {
    const head = SWIFT.replace('from: "1.0.0"', '.upToNextMinor(from: "1.2.0")');
    assert.deepEqual(await listedOf({ 'Package.swift': SWIFT }, { 'Package.swift': head }), [
      [
        ...['github.com/example/alpha', 'from: "1.0.0"', '.upToNextMinor(from: "1.2.0")', true, 'dependencies'],
        'pkg:swift/github.com/example/alpha',
      ],
    ]);
  });
});

describe('a changed Package.resolved', () => {
  const pin = (name: string, state: object, location = `https://github.com/example/${name}.git`) => ({
    identity: name,
    kind: 'remoteSourceControl',
    location,
    state,
  });
  const resolved = (version: string, revision = `r${version}`, more: readonly object[] = []) =>
    JSON.stringify({
      originHash: `o${version}`,
      pins: [pin('alpha', { revision, version }), pin('beta', { branch: 'main', revision: 'b1' }), ...more],
      version: 3,
    });
  const tree = (text: string, manifest = SWIFT) => ({ 'Package.swift': manifest, 'Package.resolved': text });
  const alone = (text: string, base = resolved('1.0.0')) => judgedTrees(tree(base), tree(text));

  it('is explained by its manifest, and else a warning', async () => {
    const head = tree(resolved('1.1.0'), SWIFT.replace('from: "1.0.0"', 'from: "1.1.0"'));
    assert.deepEqual(await judgedTrees(tree(resolved('1.0.0')), head), [`${CHANGED} Package.swift`]);
    assert.deepEqual(await alone(resolved('1.1.0')), [`${LOCK_ONLY} Package.resolved`]);
    assert.deepEqual(await alone(resolved('1.0.0').replace('b1', 'b2')), [`${LOCK_ONLY} Package.resolved`]);
    const more = resolved('1.0.0', undefined, [pin('extra', { version: '1.0.0', revision: 'e' })]);
    assert.deepEqual(await alone(more), [`${LOCK_ONLY} Package.resolved`]);
  });

  it('lists what moved by address', async () => {
    assert.deepEqual(await listedOf(tree(resolved('1.0.0')), tree(resolved('1.1.0'))), [
      ['github.com/example/alpha', '1.0.0', '1.1.0', true, null, 'pkg:swift/github.com/example/alpha'],
    ]);
  });

  it('blocks another commit of the same version', async () => {
    assert.deepEqual(await alone(resolved('1.0.0', 'evil')), [`${HASH} Package.resolved`]);
  });

  it('blocks what comes unencrypted or from a folder', async () => {
    for (const location of ['http://git.example.com/x', '../x', 'file:///x']) {
      const text = resolved('1.0.0', undefined, [pin('x', { version: '1.0.0', revision: 'e' }, location)]);
      assert.ok((await alone(text)).includes(`${SOURCE} Package.resolved`), location);
    }
  });

  it('may be written anew, by newer tools too', async () => {
    const { pins } = JSON.parse(resolved('1.0.0'));
    const old = pins.map(({ location, identity, state }: { location: string; identity: string; state: object }) => ({
      package: identity,
      repositoryURL: location,
      state: { branch: null, version: null, ...state },
    }));
    const first = JSON.stringify({ object: { pins: old }, version: 1 });
    const turned = JSON.stringify({ version: 2, pins: pins.reverse() }, null, 2);
    for (const same of [first, turned, windows(turned)]) assert.deepEqual(await alone(same), []);
  });

  it('is refused when it is none, and missed when it goes', async () => {
    for (const text of ['{', '{"version":9,"pins":[]}', '{"version":2,"pins":[{}]}'])
      assert.deepEqual(await alone(text), [`${UNPARSED} Package.resolved`]);
    assert.deepEqual(await judgedTrees(tree(resolved('1.0.0')), { 'Package.swift': SWIFT }), [
      `${HASH} Package.resolved`,
    ]);
  });
});

describe('settings of SwiftPM', () => {
  testFileCases('.swiftpm/configuration/mirrors.json', [
    [
      'mirror',
      null,
      '{"object":[{"original":"https://a.example","mirror":"https://b.example"}],"version":1}',
      [SOURCE],
    ],
    ['break', null, '{"object":[1]}', [UNPARSED]],
  ]);
  testFileCases('.swiftpm/configuration/registries.json', [
    [
      'name a registry',
      null,
      '{"registries":{"[default]":{"url":"https://packages.example.com"}},"version":1}',
      [SOURCE],
    ],
    ['say nothing', null, '{"registries":{},"version":1}', []],
  ]);
});

const PODS = `platform :ios, '15.0'
source 'https://cdn.cocoapods.org/'

target 'App' do
  use_frameworks!
  pod 'Alpha', '~> 1.0' # the best
  pod 'Beta/Core', :subspecs => ['A', 'B']

  target 'AppTests' do
    pod 'Gamma'
  end
end

post_install do |installer|
  installer.pods_project.targets.each do |target|
    puts target # don't
  end
end
`;
const pod = (line: string) => PODS.replace("  pod 'Alpha'", `  ${line}\n  pod 'Alpha'`);

describe('a changed Podfile', () => {
  testFileCases('Podfile', [
    ['adds', PODS, pod("pod 'Delta', '~> 3.0'"), [ADDED]],
    ['adds in brackets', PODS, pod("pod(\n    'Delta',\n    '~> 3.0'\n  )"), [ADDED]],
    ['adds on a condition', PODS, pod("pod 'Delta' if ENV['X']"), [ADDED]],
    ['removes', PODS, PODS.replace("    pod 'Gamma'\n", ''), [REMOVED]],
    ['changes', PODS, PODS.replace('~> 1.0', '~> 1.1'), [CHANGED]],
    ['changes subspecs', PODS, PODS.replace("['A', 'B']", "['A']"), [CHANGED]],
    [
      'moves to another target',
      PODS,
      PODS.replace("    pod 'Gamma'\n", '').replace("  pod 'Alpha'", "  pod 'Gamma'\n  pod 'Alpha'"),
      [CHANGED],
    ],
    [
      'takes from git',
      PODS,
      PODS.replace("'~> 1.0'", ":git => 'https://git.example.com/alpha.git', :tag => '1.0'"),
      [CHANGED, SOURCE],
    ],
    [
      'takes from git, the newer way',
      PODS,
      PODS.replace("'~> 1.0'", "git: 'https://git.example.com/alpha.git'"),
      [CHANGED, SOURCE],
    ],
    ['takes from a folder outside', PODS, PODS.replace("'~> 1.0'", ":path => '../Alpha'"), [CHANGED, SOURCE]],
    ['takes from a folder inside', PODS, PODS.replace("'~> 1.0'", ":path => './Pods/Alpha'"), [CHANGED]],
    [
      'takes from a podspec elsewhere',
      PODS,
      PODS.replace("'~> 1.0'", ":podspec => 'https://example.com/Alpha.podspec'"),
      [CHANGED, SOURCE],
    ],
    [
      'takes from other specs',
      PODS,
      PODS.replace("'~> 1.0'", "'~> 1.0', :source => 'https://specs.example.com'"),
      [CHANGED, SOURCE],
    ],
    ['names other specs', PODS, `source 'https://specs.example.com/specs.git'\n${PODS}`, [SOURCE]],
    [
      'names the usual specs another way',
      PODS,
      PODS.replace('https://cdn.cocoapods.org/', 'https://github.com/CocoaPods/Specs.git'),
      [],
    ],
    ['loads a plug-in', PODS, `plugin 'cocoapods-x'\n${PODS}`, [HOOK]],
    ['changes its hook', PODS, PODS.replace('puts target', 'system target'), [HOOK]],
    ['adds a hook', PODS, `${PODS}\npre_install { |installer| puts installer }\n`, [HOOK]],
    ['loses its hook', PODS, PODS.replace(/post_install[\s\S]*/, ''), []],
    ['comments its hook', PODS, PODS.replace('    puts', '    # loud\n    puts'), []],
    ['changes its platform', PODS, PODS.replace('15.0', '16.0'), []],
    ['is reordered', PODS, PODS.replace(/( {2}pod 'Alpha.*\n)( {2}pod 'Beta.*\n)/, '$2$1'), []],
    ['is formatted', PODS, PODS.replace("'Alpha', '~> 1.0'", '"Alpha",\n    "~> 1.0"'), []],
    ['is commented', PODS, pod("# pod 'Delta'\n=begin\npod 'Delta'\n=end").replace('best', 'best, isn’t it'), []],
    ['is written on Windows', PODS, windows(PODS), []],
    ['goes', PODS, null, [REMOVED, REMOVED, REMOVED]],
    ['imitates', PODS, pod("pod 'Alamofir'"), [ADDED, LOOKALIKE]],
    ['computes a name', PODS, pod('%w[X Y].each { |name| pod name }'), [UNPARSED]],
    ['adds two on a line', PODS, pod("pod 'Delta'; pod 'Epsilon', '1.0'"), [ADDED, ADDED]],
    ['computes a version', PODS, pod("pod 'Delta', version"), [ADDED, UNPARSED]],
    ['interpolates a place', PODS, pod('pod \'Delta\', :git => "https://#{host}/x"'), [ADDED, SOURCE, UNPARSED]],
    ['evaluates', PODS, `${PODS}\ninstance_eval File.read('more')\n`, [UNPARSED]],
    ['breaks', PODS, pod("pod 'Delta"), [UNPARSED]],
  ]);
});

describe('a changed Podfile.lock', () => {
  interface Locked {
    readonly beta?: string;
    readonly sum?: string;
    readonly more?: string;
  }
  const lock = (version: string, { beta = '2.0.0', sum = 'b1', more = '' }: Locked = {}) => `PODS:
  - Alpha (${version}):
    - Beta/Core (~> 2.0)
  - Beta/Core (${beta})
${more}
DEPENDENCIES:
  - Alpha (~> ${version})

SPEC REPOS:
  trunk:
    - Alpha
    - Beta

SPEC CHECKSUMS:
  Alpha: a${version}
  Beta: ${sum}

PODFILE CHECKSUM: p${version}

COCOAPODS: 1.15.2
`;
  const manifest = (version: string) => `target 'App' do\n  pod 'Alpha', '~> ${version}'\nend\n`;
  const tree = (text: string, version = '1.0.0') => ({ Podfile: manifest(version), 'Podfile.lock': text });
  const base = tree(lock('1.0.0'));
  const alone = (text: string) => judgedTrees(base, tree(text));

  it('is explained by its manifest', async () => {
    const head = tree(lock('1.1.0', { beta: '2.1.0', sum: 'b2' }), '1.1.0');
    assert.deepEqual(await judgedTrees(base, head), [`${CHANGED} Podfile`]);
    assert.deepEqual((await listedOf(base, head)).slice(1), [
      ['Alpha', '1.0.0', '1.1.0', true, null, 'pkg:cocoapods/Alpha'],
      ['Beta', '2.0.0', '2.1.0', false, null, 'pkg:cocoapods/Beta'],
    ]);
  });

  it('warns of what moves alone', async () => {
    assert.deepEqual(await alone(lock('1.0.0', { beta: '2.0.1', sum: 'b2' })), [`${LOCK_ONLY} Podfile.lock`]);
    assert.deepEqual(await alone(lock('1.0.0', { more: '  - Extra (1.0)\n' })), [`${LOCK_ONLY} Podfile.lock`]);
    const head = tree(lock('1.1.0', { more: '  - Extra (1.0)\n' }), '1.1.0');
    assert.deepEqual(await judgedTrees(base, head), [`${CHANGED} Podfile`, `${LOCK_ONLY} Podfile.lock`]);
  });

  it('blocks another checksum or place of the same version', async () => {
    assert.deepEqual(await alone(lock('1.0.0', { sum: 'evil' })), [`${HASH} Podfile.lock`]);
    const other = lock('1.0.0').replace('    - Beta\n\n', '  https://specs.example.com/specs.git:\n    - Beta\n\n');
    assert.deepEqual(await alone(other), [`${SOURCE} Podfile.lock`]);
    const external = 'EXTERNAL SOURCES:\n  Beta:\n    :git: https://git.example.com/beta.git\n\nSPEC CHECKSUMS';
    assert.deepEqual(await alone(lock('1.0.0').replace('SPEC CHECKSUMS', external)), [`${SOURCE} Podfile.lock`]);
  });

  it('leaves pods of the repository alone, and follows what they need', async () => {
    const own = (path: string) =>
      lock('1.0.0').replace('SPEC CHECKSUMS', `EXTERNAL SOURCES:\n  Alpha:\n    :path: ${path}\n\nSPEC CHECKSUMS`);
    const podfile = "target 'App' do\n  pod 'Alpha', :path => 'Alpha'\nend\n";
    const empty = { Podfile: "target 'App' do\nend\n", 'Podfile.lock': 'PODS: []\n' };
    const head = { Podfile: podfile, 'Podfile.lock': own('Alpha') };
    assert.deepEqual(await judgedTrees(empty, head), [`${ADDED} Podfile`]);
    const outside = await judgedTrees(empty, { Podfile: podfile, 'Podfile.lock': own('../Alpha') });
    assert.ok(outside.includes(`${SOURCE} Podfile.lock`));
  });

  it('may be written anew', async () => {
    const text = lock('1.0.0');
    const turned = text.replace(/( {2}- Alpha \(1[\s\S]*?)( {2}- Beta\/Core \(2.*\n)/, '$2$1');
    const older = text.replace('1.15.2', '1.11.0').replace(/PODFILE.*\n/, '');
    for (const same of [turned, older, windows(text), `# ours\n${text}`, text.replace('Beta: b1', '"Beta": "b1"')])
      assert.deepEqual(await alone(same), []);
  });

  it('is refused when it is none, and missed when it goes', async () => {
    for (const text of ['PODS: [\n', 'PODS: 1\n', 'x'])
      assert.deepEqual(await alone(text), [`${UNPARSED} Podfile.lock`]);
    assert.deepEqual(await judgedTrees(base, { Podfile: manifest('1.0.0') }), [`${HASH} Podfile.lock`]);
  });
});

const SPEC = `Pod::Spec.new do |s|
  s.name = 'App'
  s.version = '1.0.0'
  s.source = { :git => 'https://git.example.com/app.git', :tag => s.version.to_s }
  s.dependency 'Alpha', '~> 1.0'
  s.ios.dependency 'Beta'

  s.subspec 'Extra' do |ss|
    ss.dependency 'App/Core'
    ss.dependency "#{s.name}/More"
    ss.dependency 'Gamma', '>= 1.0', '< 2.0'
  end
end
`;

describe('a changed podspec', () => {
  testFileCases('App.podspec', [
    ['adds', SPEC, SPEC.replace('  s.dep', "  s.dependency 'Delta'\n  s.dep"), [ADDED]],
    ['removes', SPEC, SPEC.replace("  s.ios.dependency 'Beta'\n", ''), [REMOVED]],
    ['changes', SPEC, SPEC.replace('~> 1.0', '~> 1.1'), [CHANGED]],
    ['changes one of a subspec', SPEC, SPEC.replace('< 2.0', '< 3.0'), [CHANGED]],
    [
      'moves to a subspec',
      SPEC,
      SPEC.replace("  s.ios.dependency 'Beta'\n", '').replace('ss.dep', "ss.dependency 'Beta'\n    ss.dep"),
      [CHANGED],
    ],
    ['runs a command', SPEC, SPEC.replace('  s.dep', "  s.prepare_command = 'make'\n  s.dep"), [HOOK]],
    ['runs a script', SPEC, SPEC.replace('  s.dep', '  s.prepare_command = <<-CMD\n    make\n  CMD\n  s.dep'), [HOOK]],
    ['changes its version and source', SPEC, SPEC.replace('1.0.0', '1.1.0').replace('app.git', 'it.git'), []],
    ['needs another part of itself', SPEC, SPEC.replace('App/Core', 'App/Base'), []],
    [
      'is reordered, commented and formatted',
      SPEC,
      SPEC.replace(/( {2}s.dep.*\n)( {2}s.ios.*\n)/, '$2  # why\n$1').replace("Alpha', ", "Alpha',\n    "),
      [],
    ],
    ['is written on Windows', SPEC, windows(SPEC), []],
    ['computes a version', SPEC, SPEC.replace("'~> 1.0'", 'version'), [CHANGED, UNPARSED]],
    ['computes a name', SPEC, SPEC.replace("'Beta'", 'beta'), [REMOVED, UNPARSED]],
    ['breaks', SPEC, SPEC.replace("'Beta'", "'Beta"), [REMOVED, UNPARSED]],
    ['imitates', SPEC, SPEC.replace("'Beta'", "'SnapKitt'"), [ADDED, REMOVED, LOOKALIKE]],
  ]);
});

const CART = `# ours
github "example/alpha" ~> 1.0
git "https://git.example.com/beta.git" "main"
binary "https://example.com/gamma.json" == 2.0
`;

describe('a changed Cartfile', () => {
  testFileCases('Cartfile', [
    ['adds', CART, `${CART}github "example/delta"\n`, [ADDED]],
    ['adds a repository', CART, `${CART}git "https://git.example.com/delta.git"\n`, [ADDED, SOURCE]],
    ['removes', CART, CART.replace(/github.*\n/, ''), [REMOVED]],
    ['changes', CART, CART.replace('~> 1.0', '~> 1.1'), [CHANGED]],
    [
      'is reordered, commented and spaced',
      CART,
      `${CART.split('\n').reverse().join('\n')}`.replace('~> 1.0', ' ~>  1.0 # why'),
      [],
    ],
    ['is written on Windows', CART, windows(CART), []],
    ['breaks', CART, CART.replace('"example/alpha"', 'example'), [UNPARSED]],
  ]);

  it('explains its lockfile', async () => {
    const tree = (version: string, locked: string, place = 'github "example/alpha"') => ({
      Cartfile: CART.replace('1.0', version),
      'Cartfile.resolved': `${place} "${locked}"\n`,
    });
    const base = tree('1.0', 'v1.0.1');
    assert.deepEqual(await judgedTrees(base, tree('1.1', 'v1.1.0')), [`${CHANGED} Cartfile`]);
    assert.deepEqual(await judgedTrees(base, tree('1.0', 'v1.0.2')), [`${LOCK_ONLY} Cartfile.resolved`]);
    const git = tree('1.0', 'v1.0.1', 'git "https://github.com/example/alpha.git"');
    assert.deepEqual(await judgedTrees(base, git), [`${SOURCE} Cartfile.resolved`]);
    assert.deepEqual(await listedOf(base, tree('1.0', 'v1.0.2')), [
      ['example/alpha', 'v1.0.1', 'v1.0.2', true, null, 'pkg:github/example/alpha'],
    ]);
    assert.deepEqual(await judgedTrees(base, { ...base, 'Cartfile.resolved': 'x' }), [`${UNPARSED} Cartfile.resolved`]);
  });
});
