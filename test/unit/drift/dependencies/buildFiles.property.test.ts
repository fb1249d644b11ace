/** Readers of build files under arbitrary and damaged input: they may refuse it, and nothing worse. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatOf } from '../../../../src/core/drift/dependencies/formats';
import { HCL_SYNTAX, JVM_SYNTAX, lex, NIX_SYNTAX } from '../../../../src/core/drift/dependencies/lexer';

/** A valid file of each format. */
const VALID: Readonly<Record<string, string>> = {
  'pom.xml': `<project><properties><v>1</v></properties><dependencies><dependency><groupId>a.b</groupId>
<artifactId>c</artifactId><version>\${v}</version></dependency></dependencies></project>`,
  '.mvn/extensions.xml': '<extensions><extension><groupId>a</groupId></extension></extensions>',
  'gradle-wrapper.properties': 'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.5-bin.zip\n',
  'build.gradle': `plugins { id 'a.b' version '1' }\next.v = [x: '1']\nrepositories { maven { url 'https://m.example.com' } }
dependencies {\n  implementation "a.b:c:\${v.x}"\n  api group: 'a', name: 'b', version: '1'\n  api(platform(libs.x)) { exclude group: 'y' }\n}\n`,
  'settings.gradle.kts': 'pluginManagement { plugins { id("a.b") version "1" } }\ninclude(":x")\n',
  'libs.versions.toml':
    '[versions]\na = "1"\n[libraries]\nb = { module = "c:d", version.ref = "a" }\n[bundles]\nx = ["b"]\n',
  'gradle.lockfile': '# x\na.b:c:1=d,e\nempty=f\n',
  'verification-metadata.xml': `<verification-metadata><configuration><trusted-artifacts><trust group="a"/></trusted-artifacts>
</configuration><components><component group="a" name="b" version="1"><artifact name="c"><sha256 value="d"/></artifact></component></components></verification-metadata>`,
  'build.sbt':
    'val v = "1"\nlibraryDependencies += "a" %% "b" % v % Test\nresolvers += "a" at "https://b.example.com"\n',
  'a.csproj': `<Project Sdk="a/1"><PropertyGroup><V>1</V></PropertyGroup><ItemGroup Condition="c"><PackageReference Include="A;B" Version="$(V)"/>
</ItemGroup><Target Name="t"><Exec Command="x"/></Target></Project>`,
  'packages.config': '<packages><package id="a" version="1"/></packages>',
  'a.nuspec': '<package><metadata><dependencies><dependency id="a" version="1"/></dependencies></metadata></package>',
  'nuget.config': '<configuration><packageSources><add key="a" value="b"/></packageSources></configuration>',
  'packages.lock.json':
    '{"version":1,"dependencies":{"net8.0":{"A":{"type":"Direct","resolved":"1","dependencies":{"B":"1"}}}}}',
  'global.json': '{"sdk":{"version":"8"},"msbuild-sdks":{"A":"1"}}',
  'dotnet-tools.json': '{"version":1,"tools":{"a":{"version":"1"}}}',
  'paket.dependencies': 'source https://n.example.com\nnuget A ~> 1\ngroup B\n  github c/d:e f.fs\n',
  'paket.lock': 'NUGET\n  remote: https://n.example.com\n    A (1)\n      B (>= 1)\n    B (2)\n',
  '.github/workflows/a.yml':
    'jobs:\n  a:\n    container: node:20\n    steps:\n      - uses: a/b@v1\n      - uses: docker://c:1\n',
  'action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n',
  '.gitlab-ci.yml':
    'image: a:1\ninclude: [{ remote: "https://a.example.com" }]\nx:\n  image: { name: b }\n  services: [c]\n',
  Dockerfile: `# syntax=a/b:1\nARG V=1\nFROM a:\${V:-2} AS x\nCOPY --from=c /a /b\nRUN <<EOF\nFROM d\nEOF\n`,
  'compose.yml': 'x: &a\n  image: b:1\nservices:\n  c:\n    <<: *a\n  d: { build: { dockerfile_inline: "FROM e" } }\n',
  '.pre-commit-config.yaml':
    'repos:\n  - repo: https://github.com/a/b\n    rev: v1\n    hooks: [{ id: c, additional_dependencies: ["d==1"] }]\n',
  'flake.nix': `{ inputs.a.url = "github:b/c/d?dir=e"; inputs.f = { url = "git+https://g.example.com/h"; }; outputs = { self }: { x = ''y \${z} ''; }; }\n`,
  'flake.lock':
    '{"nodes":{"root":{"inputs":{"a":"a","b":["a","b"]}},"a":{"locked":{"type":"github","owner":"c","repo":"d","rev":"e"},"inputs":{"b":["b"]}}},"root":"root","version":7}',
  'main.tf':
    'terraform {\n  required_providers {\n    a = { source = "b/c", version = "1" }\n  }\n}\nmodule "d" {\n  source = "git::https://e.example.com/f.git//g?ref=h"\n}\n',
  '.terraform.lock.hcl': 'provider "registry.terraform.io/a/b" {\n  version = "1"\n  hashes = [\n    "zh:c",\n  ]\n}\n',
  'Chart.yaml': 'name: a\ndependencies:\n  - name: b\n    version: 1\n    repository: https://c.example.com\n',
  'Chart.lock': 'dependencies:\n  - name: b\n    version: 1\n    repository: oci://c.example.com\n',
  '.tool-versions': 'nodejs 20\npython path:/x\n',
};

const read = (path: string, text: string) => {
  const format = formatOf(path);
  assert.ok(format && 'read' in format, path);
  return format.read(text, path);
};
const isReadOrRefused = async (path: string, text: string) => {
  try {
    await read(path, text);
  } catch (error) {
    if (!(error instanceof Error && ['Unreadable', 'RangeError'].includes(error.name))) throw error;
  }
};

/** A valid file with stretches cut out, doubled or replaced. */
const mutated = (valid: string) =>
  fc
    .array(
      fc.tuple(
        fc.nat(valid.length),
        fc.nat(30),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 12 }),
          fc.constantFrom(...'{}[]()<>"\'$\\/\n:=%@#;&', `\${`, '$(', '"""', "''", '<<', '<!--', ']]>'),
        ),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce((text, [at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length), valid),
    );

describe('readers of build files', () => {
  for (const [path, valid] of Object.entries(VALID)) {
    it(`${path}: read what is valid`, async () => {
      const {
        requirements = [],
        packages,
        registries,
      } = (await read(path, valid)) as unknown as {
        requirements?: readonly unknown[];
        packages?: ReadonlyMap<string, unknown>;
        registries?: ReadonlyMap<string, string>;
      };
      assert.ok(requirements.length + (packages?.size ?? 0) + (registries?.size ?? 0) > 0);
    });

    it(`${path}: read any text, or refuse it`, async () => {
      const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), mutated(valid));
      await fc.assert(
        fc.asyncProperty(text, (each) => isReadOrRefused(path, each)),
        { numRuns: 60 },
      );
    });
  }

  /** Deep enough for a reader that recurses to run out of stack, and long enough to be felt where a sign costs more each time. */
  const many = 20_000;
  /** As many of what is whole by itself: a line, an element, a text. */
  const some = 4_000;
  const artifact = (property: string) => `<dependency><artifactId>\${${property}}</artifactId></dependency>`;
  const bombs: readonly [what: string, text: string][] = [
    ['nested elements', '<a>'.repeat(many) + '</a>'.repeat(many)],
    ['elements that do not end', `<project>${'<a b="'.repeat(many)}`],
    ['comments that do not end', '<!--'.repeat(many)],
    ['blanks in an element', `<project ${' '.repeat(many * 5)}x></project>`],
    ['attributes', `<project ${Array.from({ length: some }, (_, index) => `a${index}="b"`).join(' ')}></project>`],
    [
      'properties of properties',
      `<project><properties>${Array.from({ length: 100 }, (_, index) => `<p${index}>${`\${p${index + 1}}`.repeat(40)}</p${index}>`).join('')}</properties><dependencies>${artifact('p0').repeat(400)}</dependencies></project>`,
    ],
    [
      'profiles',
      `<project><profiles>${'<profile><properties><a>b</a></properties></profile>'.repeat(400)}</profiles><dependencies>${artifact('a').repeat(400)}</dependencies></project>`,
    ],
    ['commands', `<Project><Target Name="a">${'<Exec Command="b"/>'.repeat(some)}</Target></Project>`],
    ['open braces', '{'.repeat(many)],
    ['nested blocks', `dependencies {`.repeat(many)],
    ['nested calls', `dependencies { implementation ${'platform('.repeat(many)}`],
    ['expressions that do not end', `x = "${'${'.repeat(many)}`],
    ['expressions that do not end on one line, and then do', `x = "${'${'.repeat(many)}\n}"`],
    ['texts that do not end', `"\\`.repeat(many)],
    ['texts of lines', `'''"""''`.repeat(many)],
    ['slashes', '=/'.repeat(many)],
    ['dots', `dependencies { a ${'b.'.repeat(many)} }`],
    ['pluses', `dependencies { a 'b:c:' ${"+ 'd'".repeat(many)} }`],
    [
      'variables',
      `${Array.from({ length: some }, (_, index) => `ext.a = "${index}"`).join('\n')}\ndependencies { b "c:d:$a" }`,
    ],
    [
      'variables of variables',
      `${Array.from({ length: 100 }, (_, index) => `def a${index} = "${`$a${index + 1} `.repeat(40)}"`).join('\n')}\ndependencies {\n${'  b "c:d:$a0"\n'.repeat(400)}}`,
    ],
    ['percent signs', `"a" ${'% "b" '.repeat(many)}`],
    ['colons', `FROM ${':'.repeat(many)}\nFROM ${'/'.repeat(many)}@\n`],
    ['continued lines', `FROM a \\\n${'\\\n'.repeat(many)}`],
    ['here-documents', `RUN ${'<<A '.repeat(many)}`],
    ['options', `COPY ${'--from= '.repeat(many)}`],
    ['arguments', `ARG ${'A=1 '.repeat(many)}\nFROM $A`],
    ['nested YAML', `a: ${'['.repeat(many)}`],
    [
      'aliases of aliases',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *${index ? `b${index - 1}` : 'a'}]`).join('\n')}\n`,
    ],
    ['documents', '---\n'.repeat(some)],
    ['nested TOML', `a = ${'['.repeat(many)}`],
    ['nested JSON', `{"nodes":${'{"a":'.repeat(many)}`],
    [
      'inputs that follow each other',
      JSON.stringify({
        nodes: {
          root: { inputs: { a: ['b'], b: ['a', 'a', 'a'] } },
          x: { locked: {}, inputs: { c: ['a', 'b', 'a', 'b'] } },
        },
        root: 'root',
        version: 7,
      }),
    ],
    ['here-texts', `a = <<EOF\n${'<<EOF\n'.repeat(some)}`],
    ['signs of one name', `a:b:c=${'='.repeat(many)}\n`],
    ['blanks', `nuget a${' '.repeat(many * 3)}b`],
  ];
  const paths = Object.keys(VALID);
  for (const [what, text] of bombs) {
    it(`survive ${what}`, async () => {
      for (const path of paths) await isReadOrRefused(path, text);
    }).timeout(30_000);
  }

  it('find every text between quotes, whatever stands around it', () => {
    const word = fc.stringMatching(/^[a-z:.]{1,8}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom(JVM_SYNTAX, HCL_SYNTAX, NIX_SYNTAX), (one, other, syntax) => {
        const texts = lex(`a "${one}" /* "x" */ b "\${${other}}" "c\\"d"\n`, syntax).filter(
          ({ kind }) => kind === 'text',
        );
        assert.deepEqual(
          texts.map(({ text }) => text),
          [one, `\${${other}}`, 'c\\"d'],
        );
      }),
    );
  });
});
