/** `deps/*` read from the files of Gradle and sbt. */
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
  SOURCE,
  UNPARSED,
} from './buildFiles';

const groovy = (dependencies: string, more = '') => `plugins {
  id 'java'
  id 'com.example.tool' version '1.0'
}
${more}
dependencies {
${dependencies}
}
`;
const alpha = "  implementation 'com.example:alpha:1.0.0'\n";
const beta = "  testImplementation 'com.example:beta:2.0.0'\n";
const BASE = groovy(alpha + beta);

describe('a changed build.gradle', () => {
  itJudges('build.gradle', [
    ['adds', groovy(alpha), BASE, [ADDED]],
    ['removes', BASE, groovy(alpha), [REMOVED]],
    ['changes', BASE, BASE.replace('1.0.0', '1.1.0'), [CHANGED]],
    ['moves to another configuration', BASE, BASE.replace('testImplementation', 'implementation'), [CHANGED]],
    ['reorders', BASE, groovy(beta + alpha), []],
    ['is formatted', BASE, groovy(`\n  implementation(\n    "com.example:alpha:1.0.0",\n  )\n\n${beta}`), []],
    ['is saved on Windows', BASE, forWindows(BASE), []],
    [
      'gets comments',
      BASE,
      groovy(`// implementation 'com.example:gamma:1'\n/* implementation 'com.example:delta:1' */\n${alpha}${beta}`),
      [],
    ],
    [
      'names the parts',
      groovy(alpha),
      groovy("  implementation group: 'com.example', name: 'alpha', version: '1.0.0'\n"),
      [],
    ],
    [
      'changes named parts',
      groovy("  api group: 'a.b', name: 'c', version: '1'\n"),
      groovy("  api group: 'a.b', name: 'c', version: '2'\n"),
      [CHANGED],
    ],
    [
      'puts a version into a variable',
      BASE,
      groovy(`  implementation "com.example:alpha:$alphaVersion"\n${beta}`, "def alphaVersion = '1.0.0'"),
      [],
    ],
    [
      'changes a variable',
      groovy(`  api "com.example:alpha:\${v.alpha}"\n`, "ext.v = [alpha: '1', other: '1']"),
      groovy(`  api "com.example:alpha:\${v.alpha}"\n`, "ext.v = [alpha: '2', other: '1']"),
      [CHANGED],
    ],
    [
      'changes a variable behind a plus',
      groovy("  api 'a.b:c:' + cVersion\n", "def cVersion = '1'"),
      groovy("  api 'a.b:c:' + cVersion\n", "def cVersion = '2'"),
      [CHANGED],
    ],
    [
      'changes a version that other scripts use',
      groovy(alpha, "ext.gammaVersion = '1'"),
      groovy(alpha, "ext.gammaVersion = '2'"),
      [CHANGED],
    ],
    [
      'changes the version of the platform',
      groovy(alpha, 'ext.compileSdkVersion = "33"'),
      groovy(alpha, 'ext.compileSdkVersion = "34"'),
      [],
    ],
    ['changes its own version', groovy(alpha, "version = '1.0'"), groovy(alpha, "version = '1.1'"), []],
    ['adds a platform', BASE, groovy(`${alpha}${beta}  implementation platform('com.example:bom:1')\n`), [ADDED]],
    [
      'adds a constraint',
      BASE,
      groovy(`${alpha}${beta}  constraints {\n    implementation('com.example:gamma:1') { because 'x' }\n  }\n`),
      [ADDED],
    ],
    [
      'adds a project of its own',
      BASE,
      groovy(`${alpha}${beta}  implementation project(':core')\n  implementation(projects.core)\n`),
      [],
    ],
    [
      'adds what Gradle brings along',
      BASE,
      groovy(`${alpha}${beta}  implementation gradleApi()\n  implementation localGroovy()\n`),
      [],
    ],
    ['adds a local file', BASE, groovy(`${alpha}${beta}  implementation files('libs/x.jar')\n`), [ADDED, SOURCE]],
    ['adds from a catalog', BASE, groovy(`${alpha}${beta}  implementation libs.gamma.core\n`), [ADDED]],
    [
      'adds a neighbour from a catalog',
      groovy('  api libs.junit4\n'),
      groovy('  api libs.junit4\n  api libs.junit5\n'),
      [ADDED],
    ],
    ['adds what is computed', BASE, groovy(`${alpha}${beta}  implementation findLibrary("x")\n`), [ADDED]],
    ['adds several at once', groovy(''), groovy("  implementation 'a.b:c:1',\n    'a.b:d:1'\n"), [ADDED, ADDED]],
    [
      'adds in a loop',
      groovy(''),
      groovy("  ['a.b:c:1', 'a.b:d:1'].each { implementation it }\n"),
      [ADDED, ADDED, ADDED],
    ],
    ['excludes', BASE, BASE.replace("alpha:1.0.0'", "alpha:1.0.0', { exclude group: 'x.y', module: 'z' }"), []],
    [
      'demands strictly',
      groovy("  api('a.b:c') { version { strictly '1' } }\n"),
      groovy("  api('a.b:c') { version { strictly '2' } }\n"),
      [CHANGED],
    ],
    ['forces a version', BASE, `${BASE}configurations.all { resolutionStrategy { force 'a.b:c:1' } }\n`, [ADDED]],
    ['extends a configuration', BASE, groovy(`${alpha}${beta}  smokeImplementation.extendsFrom(implementation)\n`), []],
    ['adds to the build itself', BASE, `buildscript { dependencies { classpath 'a.b:c:1' } }\n${BASE}`, [ADDED]],
    ['changes a plugin', BASE, BASE.replace("version '1.0'", "version '1.1'"), [CHANGED]],
    [
      'uses a plugin of its own',
      BASE,
      BASE.replace("id 'java'", "id 'java'\n  id 'app.conventions'\n  id 'groovy'"),
      [],
    ],
    ['applies a foreign script', BASE, `apply from: 'https://example.com/x.gradle'\n${BASE}`, [ADDED, SOURCE]],
    ['applies a script of its own', BASE, `apply from: 'gradle/x.gradle'\napply plugin: 'java'\n${BASE}`, []],
    [
      'adds a repository',
      BASE,
      `repositories { mavenCentral(); maven { url 'https://m.example.com' } }\n${BASE}`,
      [SOURCE],
    ],
    [
      'adds the usual repositories',
      BASE,
      `repositories {\n  mavenCentral()\n  google()\n  maven { url "https://plugins.gradle.org/m2/" }\n}\n${BASE}`,
      [],
    ],
    ['adds the local repository', BASE, `repositories { mavenLocal() }\n${BASE}`, [SOURCE]],
    ['publishes elsewhere', BASE, `publishing { repositories { maven { url 'https://m.example.com' } } }\n${BASE}`, []],
    ['adds a task', BASE, `${BASE}task x { doLast { println 'a:b' } }\nclean.dependsOn x\n`, []],
    [
      'names a time and an address',
      BASE,
      `${BASE}ext.at = '12:30:00'\next.url = 'jdbc:h2:mem'\next.site = 'https://example.com:80/a'\n`,
      [],
    ],
    ['imitates', BASE, groovy(`${alpha}${beta}  implementation 'com.google.guva:guava:1'\n`), [ADDED, LOOKALIKE]],
    ['has a pattern with a brace', BASE, `def p = ~/\\{["']/\n${BASE}`, []],
    ['is cut off', BASE, BASE.slice(0, -3), [UNPARSED]],
    ['has a brace too many', BASE, `${BASE}}\n`, [UNPARSED]],
    ['comes', null, BASE, [ADDED, ADDED, ADDED]],
    ['goes', BASE, null, [REMOVED, REMOVED, REMOVED]],
  ]);

  it('names packages in full', async () => {
    const after = groovy('  kapt "com.example:alpha:1:natives@jar"\n');
    assert.deepEqual(await listed('build.gradle', groovy(''), after), [
      'com.example:alpha:natives@jar - → 1 (kapt) pkg:maven/com.example/alpha',
    ]);
  });
});

describe('a changed build.gradle.kts', () => {
  const kotlin = (dependencies: string, more = '') => `plugins {
  \`java-library\`
  kotlin("jvm") version "1.9.0"
  id("com.example.tool") version "1.0" apply false
  alias(libs.plugins.lint)
}
${more}
dependencies {
${dependencies}
}
`;
  const one = '  implementation("com.example:alpha:1.0.0")\n';
  const base = kotlin(one);
  itJudges('app/build.gradle.kts', [
    ['adds', base, kotlin(`${one}  "custom"("com.example:beta:1")\n`), [ADDED]],
    ['adds with names', base, kotlin(`${one}  api(group = "com.example", name = "beta", version = "1")\n`), [ADDED]],
    ['adds by `add`', base, kotlin(`${one}  add("ksp", "com.example:beta:1")\n`), [ADDED]],
    ['adds a part of Kotlin', base, kotlin(`${one}  testImplementation(kotlin("test"))\n`), [ADDED]],
    ['adds a platform from a catalog', base, kotlin(`${one}  implementation(platform(libs.bom))\n`), [ADDED]],
    ['changes Kotlin', base, base.replace('1.9.0', '2.0.0'), [CHANGED]],
    [
      'changes a value',
      kotlin('  api("a.b:c:$v")\n', 'val v = "1"'),
      kotlin('  api("a.b:c:$v")\n', 'val v = "2"'),
      [CHANGED],
    ],
    [
      'changes an extra',
      kotlin(`  api("a.b:c:\${extra["v"]}")\n`, 'extra["v"] = "1"'),
      kotlin(`  api("a.b:c:\${extra["v"]}")\n`, 'extra["v"] = "2"'),
      [CHANGED],
    ],
    [
      'adds for a platform',
      base,
      `${base}kotlin { sourceSets { val commonMain by getting { dependencies { implementation("a.b:c:1") } } } }\n`,
      [ADDED],
    ],
    ['adds a repository', base, `repositories { maven("https://m.example.com") }\n${base}`, [SOURCE]],
    [
      'adds a repository at length',
      base,
      `repositories { maven { name = "m"; url = uri("https://m.example.com") } }\n${base}`,
      [SOURCE],
    ],
    [
      'orders repositories otherwise',
      `repositories { maven("https://a.example.com"); maven("https://b.example.com") }\n${base}`,
      `repositories { maven("https://b.example.com"); maven("https://a.example.com") }\n${base}`,
      [],
    ],
    [
      'excludes',
      base,
      kotlin('  implementation("com.example:alpha:1.0.0") {\n    exclude(group = "x.y", module = "z")\n  }\n'),
      [],
    ],
    ['says why in a text with quotes', base, `val a = "\${x["b"]} {"\nval c = '"'\n${base}`, []],
  ]);

  it('puts a plugin’s marker into the package URL', async () => {
    assert.deepEqual(await listed('build.gradle.kts', base, base.replace('version "1.0"', 'version "2.0"')), [
      'com.example.tool 1.0 → 2.0 (plugins) pkg:maven/com.example.tool/com.example.tool.gradle.plugin',
    ]);
  });
});

describe('a changed settings.gradle', () => {
  const settings = (inside: string) => `${inside}\nrootProject.name = 'app'\ninclude ':core', ':app'\n`;
  itJudges('settings.gradle', [
    ['includes a project', settings(''), `${settings('')}include ':other:core:api'\n`, []],
    [
      'takes plugins from elsewhere',
      settings(''),
      settings("pluginManagement { repositories { maven { url 'https://m.example.com' } } }"),
      [SOURCE],
    ],
    [
      'takes packages from elsewhere',
      settings(''),
      settings("dependencyResolutionManagement { repositories { ivy { url 'https://m.example.com' } } }"),
      [SOURCE],
    ],
    [
      'decides a plugin’s version',
      settings(''),
      settings("pluginManagement { plugins { id 'a.b' version '1' } }"),
      [ADDED],
    ],
    [
      'makes a catalog',
      settings(''),
      settings("dependencyResolutionManagement { versionCatalogs { libs { library('x', 'a.b', 'c').version('1') } } }"),
      [ADDED],
    ],
    [
      'takes a catalog',
      settings(''),
      settings('dependencyResolutionManagement { versionCatalogs { create("libs") { from("a.b:catalog:1") } } }'),
      [ADDED],
    ],
    [
      'takes source from git',
      settings(''),
      settings('sourceControl { gitRepository("https://git.example.com/x.git") { producesModule("a.b:c") } }'),
      [SOURCE],
    ],
  ]);
});

describe('a changed version catalog', () => {
  const catalog = (libraries: string, more = '') => `[versions]
alpha = "1.0.0"
${more}
[libraries]
${libraries}
`;
  const one = 'alpha = { module = "com.example:alpha", version.ref = "alpha" }\n';
  const base = catalog(one);
  itJudges('gradle/libs.versions.toml', [
    ['adds', base, catalog(`${one}beta = "com.example:beta:1"\n`), [ADDED]],
    ['removes', catalog(`${one}beta = "com.example:beta:1"\n`), base, [REMOVED]],
    ['changes a version', base, base.replace('1.0.0', '1.1.0'), [CHANGED]],
    [
      'changes a strict version',
      catalog('a = { group = "b.c", name = "d", version = { strictly = "1" } }\n'),
      catalog('a = { group = "b.c", name = "d", version = { strictly = "2" } }\n'),
      [CHANGED],
    ],
    ['spells it out', base, catalog('alpha = "com.example:alpha:1.0.0"\n').replace('alpha = "1.0.0"\n', ''), []],
    ['renames an alias', base, base.replace('alpha = {', 'first = {'), []],
    ['points an alias elsewhere', base, base.replace('com.example:alpha', 'com.evil:alpha'), [ADDED, REMOVED]],
    [
      'changes a plugin',
      catalog(one, '[plugins]\np = { id = "a.b", version = "1" }\n'),
      catalog(one, '[plugins]\np = { id = "a.b", version = "2" }\n'),
      [CHANGED],
    ],
    [
      'adds to a bundle',
      catalog(one, '[bundles]\nall = ["alpha"]\n'),
      catalog(one, '[bundles]\nall = ["alpha", "beta"]\n'),
      [ADDED],
    ],
    ['changes a version that scripts use', catalog(one, 'ktlint = "1"'), catalog(one, 'ktlint = "2"'), [CHANGED]],
    ['changes the platform', catalog(one, 'minSdk = "24"'), catalog(one, 'minSdk = "26"'), []],
    ['gets a comment', base, `# why\n${base}`, []],
    ['is saved on Windows', base, forWindows(base), []],
    ['is broken', base, `${base}[`, [UNPARSED]],
    ['has another shape', base, '[versions]\nalpha = 1\n', [UNPARSED]],
  ]);
});

describe('lockfiles of Gradle', () => {
  const lock = (...lines: readonly string[]) =>
    `# generated\n${lines.map((line) => `${line}=runtimeClasspath\n`).join('')}empty=annotationProcessor\n`;
  const before = lock('com.example:alpha:1.0.0', 'com.example:beta:1.0.0');
  const after = lock('com.example:alpha:1.1.0', 'com.example:beta:1.0.1');
  itJudges('gradle.lockfile', [
    [
      'is written anew',
      before,
      lock('com.example:beta:1.0.0', 'com.example:alpha:1.0.0').replace('# generated', '# again'),
      [],
    ],
    [
      'counts for more configurations',
      before,
      before.replaceAll('runtimeClasspath', 'compileClasspath,runtimeClasspath'),
      [],
    ],
    ['moves alone', before, after, [LOCK_MOVED]],
    ['is saved on Windows', before, forWindows(before), []],
    ['is broken', before, `${before}what is this\n`, [UNPARSED]],
  ]);

  it('follow from a changed script, below or beside, and from a catalog above', async () => {
    const explained = async (path: string, base: string, head: string, lockfile: string) =>
      findingsOf({ [path]: base, [lockfile]: before }, { [path]: head, [lockfile]: after });
    const changed = BASE.replace('1.0.0', '1.1.0');
    assert.deepEqual(await explained('build.gradle', BASE, changed, 'gradle.lockfile'), [`${CHANGED} build.gradle`]);
    assert.deepEqual(await explained('build.gradle', BASE, changed, 'app/gradle.lockfile'), [
      `${CHANGED} build.gradle`,
    ]);
    const catalog = (version: string) => `[libraries]\na = "com.example:alpha:${version}"\n`;
    assert.deepEqual(await explained('gradle/libs.versions.toml', catalog('1'), catalog('2'), 'app/gradle.lockfile'), [
      `${CHANGED} gradle/libs.versions.toml`,
    ]);
  });

  it('are missed where a project keeps its script', async () => {
    const files = { 'build.gradle': BASE, 'gradle.lockfile': before };
    assert.deepEqual(await findingsOf(files, { 'build.gradle': BASE }), [`${LOCK_TAMPERED} gradle.lockfile`]);
    assert.deepEqual(await findingsOf({ 'gradle.lockfile': before }, {}), []);
  });

  const artifact = (name: string, hash: string) =>
    `<artifact name="${name}"><sha256 value="${hash}" origin="Generated by Gradle"/></artifact>`;
  const metadata = (components: string, configuration = '<verify-metadata>true</verify-metadata>') =>
    `<?xml version="1.0" encoding="UTF-8"?>
<verification-metadata xmlns="https://schema.gradle.org/dependency-verification">
   <configuration>${configuration}</configuration>
   <components>${components}</components>
</verification-metadata>
`;
  const component = (version: string, artifacts: string) =>
    `<component group="com.example" name="alpha" version="${version}">${artifacts}</component>`;
  const jar = artifact('alpha-1.jar', 'aa');
  const verified = metadata(component('1', jar));
  itJudges('gradle/verification-metadata.xml', [
    ['moves alone', verified, metadata(component('2', artifact('alpha-2.jar', 'bb'))), [LOCK_MOVED]],
    ['trusts another hash', verified, metadata(component('1', artifact('alpha-1.jar', 'bb'))), [LOCK_TAMPERED]],
    [
      'trusts one more hash',
      verified,
      metadata(
        component('1', '<artifact name="alpha-1.jar"><sha256 value="aa"><also-trust value="bb"/></sha256></artifact>'),
      ),
      [LOCK_TAMPERED],
    ],
    ['knows one more file', verified, metadata(component('1', jar + artifact('alpha-1.pom', 'cc'))), []],
    ['gives reasons', verified, verified.replace('Generated by Gradle', 'looked at it'), []],
    [
      'verifies no longer',
      verified,
      metadata(component('1', jar), '<verify-metadata>false</verify-metadata>'),
      [LOCK_TAMPERED],
    ],
    [
      'verifies more',
      verified,
      metadata(
        component('1', jar),
        '<verify-metadata>true</verify-metadata><verify-signatures>true</verify-signatures>',
      ),
      [],
    ],
    [
      'trusts a group',
      verified,
      metadata(
        component('1', jar),
        '<verify-metadata>true</verify-metadata><trusted-artifacts><trust group="com.evil"/></trusted-artifacts>',
      ),
      [LOCK_MOVED],
    ],
    ['is formatted', verified, verified.replaceAll('><', '>\n<'), []],
    ['is broken', verified, verified.slice(0, -30), [UNPARSED]],
    ['is something else', verified, '<a/>', [UNPARSED]],
  ]);

  it('with hashes follow from a changed script of the project', async () => {
    const tree = (script: string, xml: string) => ({ 'build.gradle': script, 'gradle/verification-metadata.xml': xml });
    const head = tree(BASE.replace('1.0.0', '1.1.0'), metadata(component('2', artifact('alpha-2.jar', 'bb'))));
    assert.deepEqual(await findingsOf(tree(BASE, verified), head), [`${CHANGED} build.gradle`]);
  });
});

describe('the wrapper of Gradle', () => {
  const wrapper = (version: string, more = '', host = 'services.gradle.org') =>
    `distributionBase=GRADLE_USER_HOME\ndistributionUrl=https\\://${host}/distributions/gradle-${version}-bin.zip\n${more}`;
  itJudges('gradle/wrapper/gradle-wrapper.properties', [
    ['changes', wrapper('8.4'), wrapper('8.5'), [CHANGED]],
    [
      'changes with its hash',
      wrapper('8.4', 'distributionSha256Sum=aa\n'),
      wrapper('8.5', 'distributionSha256Sum=bb\n'),
      [CHANGED],
    ],
    [
      'demands another hash',
      wrapper('8.4', 'distributionSha256Sum=aa\n'),
      wrapper('8.4', 'distributionSha256Sum=bb\n'),
      [LOCK_TAMPERED],
    ],
    ['is taken from elsewhere', wrapper('8.4'), wrapper('8.4', '', 'example.com'), [CHANGED, SOURCE]],
    ['waits longer', wrapper('8.4'), wrapper('8.4', 'networkTimeout=10000\n'), []],
  ]);

  it('is named by what it downloads', async () => {
    assert.deepEqual(await listed('gradle/wrapper/gradle-wrapper.properties', wrapper('8.4'), wrapper('8.5')), [
      'gradle https://services.gradle.org/distributions/gradle-8.4-bin.zip → https://services.gradle.org/distributions/gradle-8.5-bin.zip (distributionUrl) pkg:generic/gradle',
    ]);
  });
});

describe('a changed build of sbt', () => {
  const sbt = (dependencies: string, more = '') => `name := "app"
version := "1.0"
${more}
libraryDependencies ++= Seq(
${dependencies}
)
`;
  const one = '  "com.example" %% "alpha" % "1.0.0",\n';
  const base = sbt(one);
  itJudges('build.sbt', [
    ['adds', base, sbt(`${one}  "com.example" % "beta" % "1" % Test,\n`), [ADDED]],
    ['adds alone', base, `${base}libraryDependencies += "com.example" % "beta" % "1"\n`, [ADDED]],
    ['removes', sbt(`${one}  "com.example" % "beta" % "1"\n`), base, [REMOVED]],
    ['changes', base, base.replace('1.0.0', '1.1.0'), [CHANGED]],
    ['moves to tests', base, base.replace('"1.0.0"', '"1.0.0" % "test"'), [CHANGED]],
    [
      'puts a version into a value',
      base,
      sbt('  "com.example" %% "alpha" % alphaVersion\n', 'val alphaVersion = "1.0.0"'),
      [],
    ],
    [
      'changes a value',
      sbt('  "a.b" % "c" % V.c\n', 'object V { val c = "1" }'),
      sbt('  "a.b" % "c" % V.c\n', 'object V { val c = "2" }'),
      [CHANGED],
    ],
    ['overrides', base, `${base}dependencyOverrides += "com.example" % "beta" % "1"\n`, [ADDED]],
    ['adds a resolver', base, `${base}resolvers += "r" at "https://m.example.com/"\n`, [SOURCE]],
    [
      'changes beside a resolver',
      'lazy val app = project.settings(resolvers += "r".at("https://m.example.com"), libraryDependencies += "a" % "b" % "1")\n',
      'lazy val app = project.settings(resolvers += "r".at("https://m.example.com"), libraryDependencies += "a" % "b" % "2")\n',
      [CHANGED],
    ],
    ['computes a resolver', base, `${base}resolvers ++= Resolver.sonatypeOssRepos("snapshots")\n`, [SOURCE]],
    ['gets a comment', base, sbt(`${one}  // "com.example" % "beta" % "1"\n`), []],
    ['changes its own version', base, base.replace('"1.0"', '"1.1"'), []],
    ['is cut off', base, `${base}lazy val x = {\n`, [UNPARSED]],
  ]);
  itJudges('project/plugins.sbt', [['adds', '', 'addSbtPlugin("com.example" % "sbt-x" % "1")\n', [ADDED]]]);
});

describe('a Gradle script of any name', () => {
  it('is read', async () => {
    assert.deepEqual(await judged('gradle/deps.gradle', '', "ext.libraries = [alpha: 'com.example:alpha:1']\n"), [
      ADDED,
    ]);
    assert.deepEqual(await judged('src/deps.groovy', '', "ext.libraries = [alpha: 'com.example:alpha:1']\n"), []);
  });
});
