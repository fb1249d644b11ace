/** `deps/*` read from the files of Maven. */
import assert from 'node:assert/strict';
import {
  ADDED,
  CHANGED,
  findingsOf,
  forWindows,
  itJudges,
  judged,
  LOCK_TAMPERED,
  LOOKALIKE,
  listed,
  REMOVED,
  SOURCE,
  UNPARSED,
} from './buildFiles';

const dependency = (name: string, version: string, more = '') =>
  `<dependency><groupId>com.example</groupId><artifactId>${name}</artifactId><version>${version}</version>${more}</dependency>`;
const pom = (dependencies: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example.app</groupId>
  <artifactId>app</artifactId>
  <version>1.0.0</version>
  ${more}
  <dependencies>
    ${dependencies}
  </dependencies>
</project>
`;
const alpha = dependency('alpha', '1.0.0');
const beta = dependency('beta', '2.0.0');
const BASE = pom(`${alpha}\n    ${beta}`);
const managed = (list: string) => `<dependencyManagement><dependencies>${list}</dependencies></dependencyManagement>`;
const plugin = (version: string, more = '') =>
  `<plugin><artifactId>maven-jar-plugin</artifactId><version>${version}</version>${more}</plugin>`;
const build = (inside: string) => `<build>${inside}</build>`;
const repository = (url: string) => `<repositories><repository><id>r</id><url>${url}</url></repository></repositories>`;
const property = (name: string, value: string) => `<properties><${name}>${value}</${name}></properties>`;
const profile = (inside: string) => `<profiles><profile><id>ci</id>${inside}</profile></profiles>`;
const parent = (version: string, more = '') =>
  `<parent><groupId>org.example.parent</groupId><artifactId>parent</artifactId><version>${version}</version>${more}</parent>`;
/** A project at a version that depends on another module of its group. */
const released = (own: string, module: string) =>
  pom(alpha + dependency('module', module).replace('com.example', 'com.example.app')).replace(
    '1.0.0</version>\n',
    `${own}</version>\n`,
  );
const usingAlpha = dependency('alpha', `\${alpha.version}`);

describe('a changed pom.xml', () => {
  itJudges('pom.xml', [
    ['adds', pom(alpha), BASE, [ADDED]],
    ['removes', BASE, pom(alpha), [REMOVED]],
    ['changes', BASE, pom(dependency('alpha', '1.1.0') + beta), [CHANGED]],
    ['moves to tests', BASE, pom(alpha + dependency('beta', '2.0.0', '<scope>test</scope>')), [CHANGED]],
    ['names the default scope', BASE, pom(alpha + dependency('beta', '2.0.0', '<scope>compile</scope>')), []],
    ['reorders', BASE, pom(beta + alpha), []],
    ['is formatted', BASE, BASE.replace(/>\s+</g, '><'), []],
    ['is saved on Windows', BASE, forWindows(BASE), []],
    ['gets a comment', BASE, pom(`<!-- ${dependency('gamma', '1')} -->${alpha}${beta}`), []],
    ['changes its own version', BASE, BASE.replace('<version>1.0.0</version>', '<version>1.1.0</version>'), []],
    ['is released with a module that it names', released('1.0.0', '1.0.0'), released('1.1.0', '1.1.0'), []],
    [
      'writes out the version of its own module',
      released('1.0.0', `\${project.version}`),
      released('1.0.0', '1.0.0'),
      [],
    ],
    ['names an older version of its own module', released('1.1.0', '1.1.0'), released('1.1.0', '1.0.0'), [CHANGED]],
    ['is released, and names a module as it was', released('1.0.0', '1.0.0'), released('1.1.0', '1.0.0'), []],
    ['changes a setting', pom(alpha, property('encoding', 'a')), pom(alpha, property('encoding', 'b')), []],
    [
      'changes a property that a dependency uses',
      pom(usingAlpha, property('alpha.version', '1')),
      pom(usingAlpha, property('alpha.version', '2')),
      [CHANGED],
    ],
    ['puts a version into a property', pom(alpha), pom(usingAlpha, property('alpha.version', '1.0.0')), []],
    [
      'changes a property that children use',
      pom(alpha, property('gamma.version', '1')),
      pom(alpha, property('gamma.version', '2')),
      [CHANGED],
    ],
    [
      'changes the version of Java',
      pom(alpha, property('java.version', '17')),
      pom(alpha, property('java.version', '21')),
      [],
    ],
    ['manages', BASE, pom(alpha + beta, managed(dependency('gamma', '1'))), [ADDED]],
    [
      'imports a bill of materials',
      BASE,
      pom(alpha + beta, managed(dependency('bom', '1', '<type>pom</type><scope>import</scope>'))),
      [ADDED],
    ],
    ['changes its parent', pom(alpha, parent('1')), pom(alpha, parent('2')), [CHANGED]],
    ['uses a plugin', BASE, pom(alpha + beta, build(`<plugins>${plugin('3.0.0')}</plugins>`)), [ADDED]],
    [
      'feeds a plugin',
      pom(alpha, build(`<plugins>${plugin('3')}</plugins>`)),
      pom(alpha, build(`<plugins>${plugin('3', `<dependencies>${beta}</dependencies>`)}</plugins>`)),
      [ADDED],
    ],
    [
      'manages a plugin',
      BASE,
      pom(alpha + beta, build(`<pluginManagement><plugins>${plugin('3')}</plugins></pluginManagement>`)),
      [ADDED],
    ],
    [
      'loads an extension',
      BASE,
      pom(alpha + beta, build(`<extensions>${beta.replaceAll('dependency>', 'extension>')}</extensions>`)),
      [ADDED],
    ],
    [
      'configures a plugin',
      pom(alpha, build(`<plugins>${plugin('3')}</plugins>`)),
      pom(alpha, build(`<plugins>${plugin('3', '<configuration><a>b</a></configuration>')}</plugins>`)),
      [],
    ],
    [
      'adds in a profile',
      BASE,
      pom(alpha + beta, profile(`<dependencies>${dependency('gamma', '1')}</dependencies>`)),
      [ADDED],
    ],
    [
      'sets a version in a profile',
      pom(usingAlpha, property('alpha.version', '1')),
      pom(usingAlpha, property('alpha.version', '1') + profile(property('alpha.version', '2'))),
      [ADDED],
    ],
    ['adds a repository', BASE, pom(alpha + beta, repository('https://maven.example.com/r')), [SOURCE]],
    [
      'changes a repository',
      pom(alpha, repository('https://maven.example.com/r')),
      pom(alpha, repository('https://other.example.com/r')),
      [SOURCE],
    ],
    ['names Maven Central', BASE, pom(alpha + beta, repository('https://repo.maven.apache.org/maven2/')), []],
    [
      'takes a file',
      BASE,
      pom(alpha + dependency('beta', '2.0.0', `<scope>system</scope><systemPath>\${basedir}/b.jar</systemPath>`)),
      [CHANGED, SOURCE],
    ],
    [
      'adds a classifier’s copy',
      BASE,
      pom(alpha + beta + dependency('beta', '2.0.0', '<classifier>natives</classifier>')),
      [ADDED],
    ],
    [
      'imitates',
      BASE,
      pom(alpha + beta + dependency('alpha', '1').replace('com.example', 'com.exmple')),
      [ADDED, LOOKALIKE],
    ],
    ['adds a neighbour in the same group', BASE, pom(alpha + beta + dependency('alphas', '1')), [ADDED]],
    ['comes', null, BASE, [ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED]],
    ['is cut off', BASE, BASE.slice(0, -20), [UNPARSED]],
    ['is no project', BASE, '<settings/>', [UNPARSED]],
    ['has a document type', BASE, BASE.replace('<project', '<!DOCTYPE p [<!ENTITY a "b">]><project'), [UNPARSED]],
    ['has conflict markers', BASE, `<<<<<<< a\n${BASE}`, [UNPARSED]],
    ['is empty', BASE, '', [UNPARSED]],
  ]);

  it('asks for what it asks for twice once, and tells a change of either', async () => {
    const twice = (version: string) => pom(alpha + dependency('alpha', version));
    assert.deepEqual(await judged('pom.xml', pom(alpha), twice('1.0.0')), []);
    assert.deepEqual(await judged('pom.xml', twice('1.0.0'), twice('6.6.6')), [CHANGED]);
  });

  it('names packages in full', async () => {
    const natives = dependency(`\${what}`, '1', '<classifier>natives</classifier>');
    assert.deepEqual(await listed('pom.xml', pom(''), pom(natives, property('what', 'gamma'))), [
      'com.example:gamma:natives - → 1 (dependencies) pkg:maven/com.example/gamma',
    ]);
  });

  it('does not count a parent that is a project of the repository', async () => {
    const own = (version: string) => pom(alpha, parent(version)).replace('<groupId>com.example.app</groupId>', '');
    assert.deepEqual(await judged('core/pom.xml', own('1'), own('2')), []);
    assert.deepEqual(await judged('core/pom.xml', pom(alpha, parent('1')), pom(alpha, parent('2'))), [CHANGED]);
    const elsewhere = (version: string) =>
      pom(alpha, parent(version, '<relativePath/>')).replace('<groupId>com.example.app</groupId>', '');
    assert.deepEqual(await judged('core/pom.xml', elsewhere('1'), elsewhere('2')), [CHANGED]);
  });

  it('leaves properties in properties that lead nowhere as they are', async () => {
    const loop = `<properties><a>\${b}\${b}</a><b>\${a}\${a}</b></properties>`;
    assert.deepEqual(await judged('pom.xml', pom(alpha), pom(alpha + dependency('gamma', `\${a}`), loop)), [ADDED]);
  });
});

describe('other files of Maven', () => {
  const extensions = (version: string) =>
    `<extensions>${dependency('wagon', version).replaceAll('dependency>', 'extension>')}</extensions>\n`;
  itJudges('.mvn/extensions.xml', [
    ['adds', null, extensions('1'), [ADDED]],
    ['changes', extensions('1'), extensions('2'), [CHANGED]],
    ['is formatted', extensions('1'), extensions('1').replaceAll('><', '>\n<'), []],
    ['is broken', extensions('1'), '<extensions>', [UNPARSED]],
  ]);

  const wrapper = (version: string, more = '', host = 'repo.maven.apache.org') =>
    `distributionUrl=https\\://${host}/maven2/apache-maven-${version}-bin.zip\n${more}`;
  itJudges('.mvn/wrapper/maven-wrapper.properties', [
    ['changes', wrapper('3.9.1'), wrapper('3.9.2'), [CHANGED]],
    ['demands a hash', wrapper('3.9.1'), wrapper('3.9.1', 'distributionSha256Sum=ab\n'), []],
    [
      'demands another hash',
      wrapper('3.9.1', 'distributionSha256Sum=ab\n'),
      wrapper('3.9.1', 'distributionSha256Sum=cd\n'),
      [LOCK_TAMPERED],
    ],
    ['demands no hash any more', wrapper('3.9.1', 'distributionSha256Sum=ab\n'), wrapper('3.9.1'), [LOCK_TAMPERED]],
    ['is taken from elsewhere', wrapper('3.9.1'), wrapper('3.9.1', '', 'mirror.example.com'), [CHANGED, SOURCE]],
    [
      'is taken from the same elsewhere',
      wrapper('3.9.1', '', 'm.example.com'),
      wrapper('3.9.2', '', 'm.example.com'),
      [CHANGED],
    ],
    ['gets a comment', wrapper('3.9.1'), `# why\n${wrapper('3.9.1')}`, []],
    ['is saved on Windows', wrapper('3.9.1'), forWindows(wrapper('3.9.1')), []],
    ['names nothing', wrapper('3.9.1'), 'a=b\n', [UNPARSED]],
  ]);

  it('is not told in an extensions.xml of something else', async () => {
    assert.deepEqual(await findingsOf({}, { 'src/extensions.xml': '<a/>' }), []);
  });
});
