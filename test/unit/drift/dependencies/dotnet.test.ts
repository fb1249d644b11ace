/** `deps/*` read from the files of .NET. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  findingsOf,
  forWindows,
  itJudges,
  judged,
  LOCK_MOVED,
  LOCK_TAMPERED,
  LOOKALIKE,
  listed,
  REMOVED,
  SCRIPT,
  SOURCE,
  UNPARSED,
} from './buildFiles';
import { evidenceOf } from './judged';

const reference = (id: string, version: string, more = '') =>
  `<PackageReference Include="${id}" Version="${version}" ${more}/>`;
const project = (items: string, more = '') => `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
  </PropertyGroup>
  ${more}
  <ItemGroup>
    ${items}
  </ItemGroup>
</Project>
`;
const alpha = reference('Example.Alpha', '1.0.0');
const beta = reference('Example.Beta', '2.0.0');
const BASE = project(alpha + beta);
const property = (name: string, value: string, condition = '') =>
  `<PropertyGroup${condition}><${name}>${value}</${name}></PropertyGroup>`;
const target = (command: string) => `<Target Name="Gen" BeforeTargets="Build"><Exec Command="${command}"/></Target>`;

describe('a changed project of MSBuild', () => {
  itJudges('src/App/App.csproj', [
    ['adds', project(alpha), BASE, [ADDED]],
    ['removes', BASE, project(alpha), [REMOVED]],
    ['changes', BASE, BASE.replace('1.0.0', '1.1.0'), [CHANGED]],
    ['becomes private', BASE, project(alpha + reference('Example.Beta', '2.0.0', 'PrivateAssets="all"')), [CHANGED]],
    ['is spelt otherwise', BASE, BASE.replace('Example.Alpha', 'example.alpha'), []],
    [
      'is written at length',
      BASE,
      project(`<PackageReference Include="Example.Alpha"><Version>1.0.0</Version></PackageReference>${beta}`),
      [],
    ],
    ['reorders', BASE, project(beta + alpha), []],
    ['is formatted', BASE, BASE.replace(/>\s+</g, '><'), []],
    ['is saved on Windows', BASE, forWindows(BASE), []],
    ['gets a comment', BASE, project(`<!-- ${reference('X.Y', '1')} -->${alpha}${beta}`), []],
    ['changes another property', BASE, BASE.replace('net8.0', 'net9.0'), []],
    ['refers to a project', BASE, project(`${alpha}${beta}<ProjectReference Include="..\\Core\\Core.csproj"/>`), []],
    ['refers to the framework', BASE, project(`${alpha}${beta}<Reference Include="System.Xml"/>`), []],
    [
      'refers to a file',
      BASE,
      project(`${alpha}${beta}<Reference Include="X, Version=1"><HintPath>lib\\x.dll</HintPath></Reference>`),
      [ADDED, SOURCE],
    ],
    [
      'refers to a file of a package',
      BASE,
      project(`${alpha}${beta}<Reference Include="X"><HintPath>..\\packages\\X.1.0\\lib\\x.dll</HintPath></Reference>`),
      [],
    ],
    ['compiles a file', BASE, project(`${alpha}${beta}<Compile Include="A.cs"/>`), []],
    [
      'leaves versions to the central file',
      project(alpha),
      project('<PackageReference Include="Example.Alpha"/>'),
      [CHANGED],
    ],
    [
      'overrides the central version',
      project('<PackageReference Include="Example.Alpha"/>'),
      project('<PackageReference Include="Example.Alpha" VersionOverride="2"/>'),
      [CHANGED],
    ],
    [
      'updates what another file includes',
      BASE,
      project(`${alpha}${beta}<PackageReference Update="X.Y" Version="2"/>`),
      [ADDED],
    ],
    [
      'changes a property that it uses',
      project(reference('X.Y', '$(XVersion)'), property('XVersion', '1')),
      project(reference('X.Y', '$(xversion)'), property('XVersion', '2')),
      [CHANGED],
    ],
    [
      'adds a value for one framework',
      project(reference('X.Y', '$(XVersion)'), property('XVersion', '1')),
      project(
        reference('X.Y', '$(XVersion)'),
        property('XVersion', '1') + property('XVersion', '2', ` Condition="'$(A)' == 'b'"`),
      ),
      [CHANGED],
    ],
    [
      'adds for one framework',
      BASE,
      BASE.replace(
        '</Project>',
        `<ItemGroup Condition="'$(TargetFramework)' == 'net48'">${reference('X.Y', '1')}</ItemGroup></Project>`,
      ),
      [ADDED],
    ],
    [
      'adds in a choice',
      BASE,
      BASE.replace(
        '</Project>',
        `<Choose><When Condition="a"><ItemGroup>${reference('X.Y', '1')}</ItemGroup></When></Choose></Project>`,
      ),
      [ADDED],
    ],
    ['uses another SDK of its own', BASE, BASE.replace('Microsoft.NET.Sdk', 'Microsoft.NET.Sdk.Web'), []],
    ['uses a foreign SDK', BASE, BASE.replace('Microsoft.NET.Sdk', 'Example.Sdk/1.0'), [ADDED]],
    ['uses one more SDK', BASE, project(alpha + beta, '<Sdk Name="Example.Sdk" Version="1.0"/>'), [ADDED]],
    ['runs a command', BASE, project(alpha + beta, target('curl x')), [SCRIPT]],
    ['runs another command', project(alpha, target('a')), project(alpha, target('b')), [SCRIPT]],
    ['runs a command no longer', project(alpha, target('a')), project(alpha), []],
    ['runs after a build', BASE, project(alpha + beta, property('PostBuildEvent', 'copy a b')), [SCRIPT]],
    [
      'compiles a task',
      BASE,
      project(
        alpha + beta,
        '<UsingTask TaskName="T" TaskFactory="RoslynCodeTaskFactory" AssemblyFile="x"><Task><Code>y</Code></Task></UsingTask>',
      ),
      [SCRIPT],
    ],
    [
      'copies files in a target',
      BASE,
      project(alpha + beta, '<Target Name="T"><Copy SourceFiles="a" DestinationFolder="b"/></Target>'),
      [],
    ],
    [
      'restores from elsewhere',
      BASE,
      project(alpha + beta, property('RestoreSources', '$(RestoreSources);https://n.example.com/v3/index.json')),
      [SOURCE],
    ],
    [
      'restores from nuget.org',
      BASE,
      project(alpha + beta, property('RestoreSources', 'https://api.nuget.org/v3/index.json')),
      [],
    ],
    ['imitates', BASE, project(`${alpha}${beta}${reference('Newtonsoft.Jsom', '1')}`), [ADDED, LOOKALIKE]],
    ['comes', null, BASE, [ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED]],
    ['is cut off', BASE, BASE.slice(0, -15), [UNPARSED]],
    ['is something else', BASE, '<a/>', [UNPARSED]],
    ['has a document type', BASE, `<!DOCTYPE a>${BASE}`, [UNPARSED]],
  ]);

  it('has the endings of three languages', async () => {
    for (const path of ['a.fsproj', 'a.vbproj', 'A.CSPROJ'])
      assert.deepEqual(await judged(path, project(alpha), BASE), [ADDED]);
  });

  it('names packages in lower case', async () => {
    assert.deepEqual(await listed('a.csproj', project(alpha), BASE), [
      'example.beta - → 2.0.0 (PackageReference) pkg:nuget/example.beta',
    ]);
  });

  it('asks twice, and tells a change of either', async () => {
    const twice = (version: string) => project(alpha + reference('Example.Alpha', version));
    assert.deepEqual(await judged('a.csproj', project(alpha), twice('1.0.0')), []);
    assert.deepEqual(await judged('a.csproj', twice('1.0.0'), twice('6.6.6')), [CHANGED]);
  });
});

describe('what is said of a package', () => {
  const versions = (id: string, version: string) =>
    `<Project><ItemGroup><PackageVersion Include="${id}" Version="${version}"/></ItemGroup></Project>\n`;
  const said = (before: string, after: string) => evidenceOf('Directory.Packages.props', before, after);
  it('spells its name as the file does', async () =>
    assert.deepEqual(await said(versions('Example.Alpha', '1'), versions('Example.Alpha', '2')), [
      'PackageVersion: Example.Alpha 1 → 2',
    ]));
  it('is nothing where only the spelling changed', async () =>
    assert.deepEqual(await said(versions('example.alpha', '1'), versions('Example.Alpha', '1')), []));
});

describe('shared files of MSBuild', () => {
  const central = (version: string, more = '') =>
    `<Project><ItemGroup><PackageVersion Include="Example.Alpha" Version="${version}"/>${more}</ItemGroup></Project>\n`;
  itJudges('Directory.Packages.props', [
    ['changes', central('1'), central('2'), [CHANGED]],
    [
      'adds for all projects',
      central('1'),
      central('1', '<GlobalPackageReference Include="X.Y" Version="1"/>'),
      [ADDED],
    ],
    ['is formatted', central('1'), central('1').replaceAll('><', '>\n<'), []],
  ]);
  const shared = (name: string, value: string) => `<Project>${property(name, value)}</Project>\n`;
  itJudges('Directory.Build.props', [
    ['changes a version that projects use', shared('ExampleVersion', '1'), shared('ExampleVersion', '2'), [CHANGED]],
    ['changes its own version', shared('Version', '1'), shared('Version', '2'), []],
    ['changes the version of assemblies', shared('AssemblyVersion', '1'), shared('AssemblyVersion', '2'), []],
    ['changes the language', shared('LangVersion', '11'), shared('LangVersion', '12'), []],
    ['changes a setting', shared('Nullable', 'enable'), shared('Nullable', 'disable'), []],
  ]);
  itJudges('src/Directory.Build.targets', [
    ['runs a command', '<Project/>', `<Project>${target('x')}</Project>`, [SCRIPT]],
  ]);
  itJudges('other.props', [['is no file of packages', '', 'a=b', []]]);
});

describe('other files of NuGet', () => {
  const config = (packages: string) => `<?xml version="1.0" encoding="utf-8"?>\n<packages>\n${packages}\n</packages>\n`;
  const one = '<package id="Example.Alpha" version="1.0.0" targetFramework="net48" />';
  itJudges('App/packages.config', [
    ['adds', config(one), config(`${one}<package id="Example.Beta" version="1" />`), [ADDED]],
    ['changes', config(one), config(one.replace('1.0.0', '1.1.0')), [CHANGED]],
    ['is for development only', config(one), config(one.replace(' />', ' developmentDependency="true" />')), [CHANGED]],
    ['changes the framework', config(one), config(one.replace('net48', 'net481')), []],
    ['is broken', config(one), config('<package'), [UNPARSED]],
  ]);

  const nuspec = (list: string) =>
    `<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>a</id><version>1</version><dependencies>${list}</dependencies></metadata></package>\n`;
  const needs = (version: string) => `<dependency id="Example.Alpha" version="${version}"/>`;
  itJudges('a.nuspec', [
    ['adds', nuspec(''), nuspec(needs('1')), [ADDED]],
    [
      'changes in a group',
      nuspec(`<group targetFramework="net8.0">${needs('1')}</group>`),
      nuspec(`<group targetFramework="net8.0">${needs('2')}</group>`),
      [CHANGED],
    ],
    ['changes its own version', nuspec(needs('1')), nuspec(needs('1')).replace('<version>1<', '<version>2<'), []],
  ]);

  const sources = (list: string, more = '') =>
    `<configuration><packageSources>${list}</packageSources>${more}</configuration>\n`;
  const own = '<add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3"/>';
  itJudges('NuGet.Config', [
    ['adds the usual feed', sources(''), sources(own), []],
    [
      'adds a feed',
      sources(own),
      sources(`${own}<add key="x" value="https://n.example.com/v3/index.json"/>`),
      [SOURCE],
    ],
    ['adds a folder', sources(own), sources(`${own}<add key="x" value="./packages"/>`), [SOURCE]],
    ['replaces the usual feed', sources(own), sources(own.replace('https:', 'http:')), [SOURCE]],
    [
      'maps packages to a feed',
      sources(own),
      sources(
        own,
        '<packageSourceMapping><packageSource key="x"><package pattern="*"/></packageSource></packageSourceMapping>',
      ),
      [SOURCE],
    ],
    [
      'changes another setting',
      sources(own),
      sources(own, '<config><add key="signatureValidationMode" value="require"/></config>'),
      [],
    ],
    ['is broken', sources(own), '<configuration>', [UNPARSED]],
  ]);

  itJudges('global.json', [
    ['changes the SDK', '{ "sdk": { "version": "8.0.100" } }', '{ "sdk": { "version": "8.0.200" } }', [CHANGED]],
    ['uses an SDK of NuGet', '{}', '{ "msbuild-sdks": { "Example.Sdk": "1.0" } /* x */, }', [ADDED]],
    ['rolls forward', '{ "sdk": { "version": "8" } }', '{ "sdk": { "version": "8", "rollForward": "major" } }', []],
    ['is broken', '{}', '{', [UNPARSED]],
  ]);
  const tools = (version: string) =>
    JSON.stringify({ version: 1, tools: { 'Example-Tool': { version, commands: ['x'] } } });
  itJudges('.config/dotnet-tools.json', [
    ['adds', '{ "version": 1, "tools": {} }', tools('1'), [ADDED]],
    ['changes', tools('1'), tools('2'), [CHANGED]],
    ['has another shape', tools('1'), '{ "tools": [] }', [UNPARSED]],
  ]);
});

describe('packages.lock.json', () => {
  const locked = (versions: {
    readonly alpha?: string;
    readonly beta?: string;
    readonly hash?: string;
    readonly extra?: string;
  }) => {
    const { alpha: a = '1.0.0', beta: b = '1.0.0', hash = `hash-${b}`, extra } = versions;
    const one = {
      'Example.Alpha': {
        type: 'Direct',
        requested: `[${a}, )`,
        resolved: a,
        contentHash: `hash-${a}`,
        dependencies: { 'Example.Beta': '1.0.0' },
      },
      'Example.Beta': { type: 'Transitive', resolved: b, contentHash: hash },
      core: { type: 'Project', dependencies: { 'Example.Beta': '[1.0.0, )' } },
      ...(extra === undefined ? {} : { 'Example.Extra': { type: 'Transitive', resolved: extra, contentHash: 'x' } }),
    };
    return `${JSON.stringify({ version: 1, dependencies: { 'net8.0': one } }, null, 2)}\n`;
  };
  const before = locked({});
  itJudges('App/packages.lock.json', [
    ['moves alone', before, locked({ beta: '1.0.1' }), [LOCK_MOVED]],
    ['gets what nobody asked for', before, locked({ extra: '1' }), [LOCK_MOVED]],
    ['demands another hash', before, locked({ hash: 'evil' }), [LOCK_TAMPERED]],
    ['is formatted', before, JSON.stringify(JSON.parse(before)), []],
    ['is saved on Windows', before, forWindows(before), []],
    [
      'is for one more framework',
      before,
      before.replace(
        '"dependencies": {',
        `"dependencies": { "net9.0": ${JSON.stringify(JSON.parse(before).dependencies['net8.0'])},`,
      ),
      [],
    ],
    ['is broken', before, before.slice(0, -5), [UNPARSED]],
    ['is of a later version', before, before.replace('"version": 1', '"version": 3'), [UNPARSED]],
  ]);

  const tree = (path: string, text: string, lock: string) => ({ [path]: text, 'App/packages.lock.json': lock });
  const central = (version: string) =>
    `<Project><ItemGroup><PackageVersion Include="example.alpha" Version="${version}"/></ItemGroup></Project>`;
  it('follows from the project beside it', async () => {
    const head = tree('App/App.csproj', BASE.replace('1.0.0', '1.1.0'), locked({ alpha: '1.1.0', beta: '1.1.0' }));
    assert.deepEqual(await findingsOf(tree('App/App.csproj', BASE, before), head), [`${CHANGED} App/App.csproj`]);
  });
  it('follows from central versions, and from projects that it uses', async () => {
    const after = locked({ alpha: '1.1.0', beta: '1.1.0' });
    const path = 'Directory.Packages.props';
    assert.deepEqual(await findingsOf(tree(path, central('1.0.0'), before), tree(path, central('1.1.0'), after)), [
      `${CHANGED} ${path}`,
    ]);
    const other = 'Core/Core.csproj';
    const head = tree(other, BASE.replace('1.0.0', '1.1.0'), after);
    assert.deepEqual(await findingsOf(tree(other, BASE, before), head), [`${CHANGED} ${other}`]);
  });
  it('is told beside an explained change', async () => {
    const head = tree('App/App.csproj', BASE.replace('1.0.0', '1.1.0'), locked({ alpha: '1.1.0', extra: '1' }));
    assert.deepEqual(await findingsOf(tree('App/App.csproj', BASE, before), head), [
      `${CHANGED} App/App.csproj`,
      `${LOCK_MOVED} App/packages.lock.json`,
    ]);
  });
  it('is missed where its project stays', async () => {
    const base = tree('App/App.csproj', BASE, before);
    assert.deepEqual(await findingsOf(base, { 'App/App.csproj': BASE }), [`${LOCK_TAMPERED} App/packages.lock.json`]);
  });
});

describe('files of Paket', () => {
  const wanted = (lines: string) => `source https://api.nuget.org/v3/index.json\n\n${lines}\n`;
  const base = wanted('nuget Example.Alpha ~> 1.0');
  itJudges('paket.dependencies', [
    ['adds', base, wanted('nuget Example.Alpha ~> 1.0\nnuget Example.Beta'), [ADDED]],
    ['changes', base, wanted('nuget Example.Alpha ~> 2.0'), [CHANGED]],
    ['moves to another group', base, wanted('group Test\n  nuget Example.Alpha ~> 1.0'), [CHANGED]],
    ['adds a file of a repository', base, `${base}github example/files:main a.fs\n`, [ADDED]],
    ['adds a repository', base, `${base}git https://git.example.com/x.git main\n`, [ADDED, SOURCE]],
    ['adds a feed', base, `source https://n.example.com/v3/index.json\n${base}`, [SOURCE]],
    ['gets a comment', base, `# why\n${base}// nuget X\n`, []],
  ]);
  const lock = (alphaVersion: string, betaVersion: string, remote = 'https://api.nuget.org/v3/index.json') =>
    `STORAGE: NONE\nRESTRICTION: == net8.0\nNUGET\n  remote: ${remote}\n    Example.Alpha (${alphaVersion})\n      Example.Beta (>= 1.0)\n    Example.Beta (${betaVersion}) - restriction: >= net45\nGITHUB\n  remote: example/files\n    a.fs (0123abc)\n`;
  itJudges('paket.lock', [
    ['moves alone', lock('1.0', '1.0'), lock('1.0', '1.1'), [LOCK_MOVED]],
    [
      'takes packages from elsewhere',
      lock('1.0', '1.0'),
      lock('1.0', '1.0', 'https://n.example.com/v3'),
      [SOURCE, SOURCE],
    ],
    ['is saved on Windows', lock('1.0', '1.0'), forWindows(lock('1.0', '1.0')), []],
    ['is broken', lock('1.0', '1.0'), 'what\nis this\n', [UNPARSED]],
  ]);
  it('explain each other', async () => {
    const tree = (version: string) => ({
      'paket.dependencies': wanted(`nuget Example.Alpha ${version}`),
      'paket.lock': lock(version, version),
    });
    assert.deepEqual(await findingsOf(tree('1.0'), tree('1.1')), [`${CHANGED} paket.dependencies`]);
  });
});
