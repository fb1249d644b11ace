import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taskStateSchema } from '../../../src/core/task/summary';
import { ABILITIES, contextOf } from '../../../src/vscode/tasks/abilities';
import { WHEN } from '../../../src/vscode/tasks/notices';
import { sampleSummary } from './sample';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly enablement?: string;
}

interface Setting {
  readonly scope?: string;
  readonly order?: number;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly markdownDescription?: string;
  readonly markdownEnumDescriptions?: readonly string[];
}

interface MenuItem {
  readonly command?: string;
  readonly when?: string;
  readonly group?: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const words: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const commands: readonly Command[] = manifest.contributes.commands;
const menus: Record<string, readonly MenuItem[]> = manifest.contributes.menus;
const settings: Record<string, Setting> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }: { properties: object }) => properties),
);
const views = Object.values<readonly { id: string }[]>(manifest.contributes.views).flatMap((list) =>
  list.map(({ id }) => id),
);
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(vscode|extension)/.test(file) && /\.tsx?$/.test(file))
  .map((file) => readFileSync(join('src', file), 'utf8'));
const source = sources.join('\n');

/** Every text of the manifest. */
function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(texts) : [];
}

const contributed = texts([manifest.contributes, manifest.capabilities]);

describe('the manifest of the extension', () => {
  it('proposes nothing and waits for its own occasions only', () => {
    assert.equal('enabledApiProposals' in manifest, false);
    assert.equal(manifest.activationEvents.includes('*'), false);
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });

  it('says what it does in a workspace that nobody trusts, and that virtual ones are not for it', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
  });

  it('gives every command a title and a category', () => {
    assert.ok(commands.length > 0);
    for (const { command, title, category } of commands) {
      assert.match(command, /^countersign\./);
      assert.match(title, /^%command\.\w+%$/, command);
      assert.equal(category, 'Countersign', command);
    }
  });

  it('takes its texts from package.nls.json, where each is used', () => {
    const keys = contributed.flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(words).sort());
    for (const [key, text] of Object.entries(words)) assert.notEqual(text.trim(), '', key);
  });

  it('registers every command that it contributes, and contributes every one that it registers', () => {
    const registered = [
      ...source.matchAll(/\b(?:about|aboutAll|fact|reporting\.command)\(\s*'(countersign\.\w+)'/g),
    ].map((match) => match[1]);
    assert.deepEqual(registered.sort(), commands.map(({ command }) => command).sort());
  });

  it('names in menus and welcomes only commands that exist', () => {
    const own = new Set([...commands.map(({ command }) => command), 'countersign.tasks.focus']);
    const named = [
      ...texts(manifest.contributes.menus).filter((text) => /^countersign\.\w+$/.test(text)),
      ...Object.values(words).flatMap((text) => [...text.matchAll(/command:(countersign\.[\w.]+)/g)].map((m) => m[1]!)),
    ];
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !own.has(name)),
      [],
    );
  });

  it('ships the pictures that it names, and its texts', () => {
    for (const picture of contributed.filter((text) => text.startsWith('media/')))
      assert.ok(existsSync(picture), picture);
    const icon = readFileSync(manifest.icon);
    assert.equal(icon.subarray(1, 4).toString(), 'PNG');
    assert.ok(icon.readUInt32BE(16) >= 128 && icon.readUInt32BE(20) >= 128, 'at least 128 pixels each way');
    assert.match(readFileSync('.vscodeignore', 'utf8'), /^!package\.nls\.json$/m);
  });

  it('hides from the palette what is of no use there: what needs a node, or the editor that it is about', () => {
    const hidden = menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command);
    for (const command of ['countersign.showMore', 'countersign.refuse']) assert.ok(hidden.includes(command), command);
  });

  it('lets nothing that runs, grants or deletes be done in a workspace that nobody trusts', () => {
    const trusting = new Set(
      commands.filter(({ enablement }) => enablement?.includes('isWorkspaceTrusted')).map(({ command }) => command),
    );
    for (const name of [
      'handOff',
      'adopt',
      'answer',
      'resume',
      'resumeAsItStands',
      'openCheckout',
      'delete',
      'rejectTask',
    ])
      assert.ok(trusting.has(`countersign.${name}`), name);
    // To stop an agent, and to refuse it something, needs no trust.
    for (const name of ['stop', 'refuse', 'showLog']) assert.ok(!trusting.has(`countersign.${name}`), name);
  });

  it('shows at most three icons in the title of the view, one in an editor’s, and two beside a task', () => {
    const icons = (menu: string, group: string) => (menus[menu] ?? []).filter((item) => item.group?.startsWith(group));
    for (const view of views) {
      const shown = icons('view/title', 'navigation').filter(({ when }) => when?.includes(`view == ${view}`));
      assert.ok(shown.length <= 3, view);
    }
    const inline = icons('view/item/context', 'inline');
    for (const state of taskStateSchema.options) {
      for (const asking of [false, true]) {
        const question = asking ? { request: 'r', what: 'x', boundary: null } : null;
        const context = contextOf(sampleSummary({ state, asking, question }));
        const shown = inline.filter(({ when }) => fits(when ?? '', context));
        assert.ok(shown.length >= 1 && shown.length <= 2, `${context}: ${shown.map(({ command }) => command)}`);
      }
    }
    assert.equal(inline.filter(({ when }) => fits(when ?? '', 'question')).length, 2);
    assert.deepEqual(
      inline.filter(({ when }) => fits(when ?? '', 'group')),
      [],
    );
  });

  it('asks in menus only for views, words and context keys that there are', () => {
    const conditions = texts(
      [menus, manifest.contributes.viewsWelcome, commands, manifest.contributes.keybindings ?? []].map((part) =>
        JSON.parse(JSON.stringify(part), (key, value) =>
          typeof value === 'string' && !/^(when|enablement)$/.test(key) ? null : value,
        ),
      ),
    );
    const words = conditions.flatMap((when) =>
      [...when.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g)].map((match) => match[1]!),
    );
    assert.ok(words.length > 10);
    for (const word of words) assert.ok(word === 'task' || word in ABILITIES, word);
    const own = conditions.flatMap((when) => [...when.matchAll(/\bcountersign\.\w+/g)].map((match) => match[0]));
    for (const key of new Set(own)) {
      assert.ok(views.includes(key) || source.includes(`'${key}'`), `nobody sets ${key}`);
    }
  });

  it('says of every setting what it does, where it may stand, and what each of its values means', () => {
    assert.ok(Object.keys(settings).length > 0);
    for (const [name, setting] of Object.entries(settings)) {
      assert.match(name, /^countersign\./);
      assert.match(setting.markdownDescription ?? '', /^%config\./, name);
      assert.ok(setting.scope !== undefined && setting.order !== undefined && 'default' in setting, name);
      if (setting.enum) assert.equal(setting.markdownEnumDescriptions?.length, setting.enum.length, name);
      assert.ok(
        source.includes(name) || source.includes(`'${name.replace('countersign.', '')}'`),
        `nobody reads ${name}`,
      );
    }
    assert.deepEqual(settings['countersign.notifications']?.enum, WHEN);
  });

  it('takes what names a program only from the user and the machine', () => {
    const programs = ['countersign.agents', 'countersign.notifyCommand'];
    for (const name of programs) assert.equal(settings[name]?.scope, 'machine', name);
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, programs);
  });

  it('walks a newcomer through in five steps, each of which can be done', () => {
    const [walk, ...others] = manifest.contributes.walkthroughs;
    assert.deepEqual(others, []);
    assert.equal(walk.steps.length, 5);
    const known = new Set([
      ...commands.map(({ command }) => `onCommand:${command}`),
      'onView:countersign.tasks',
      'onContext:countersign.briefInEditor',
    ]);
    for (const { id, media, completionEvents } of walk.steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) assert.ok(known.has(event), event);
      const picture = readFileSync(media.svg, 'utf8');
      assert.match(picture, /var\(--vscode-/, media.svg);
      // Only the user's own colours, which have the contrast that their theme promises.
      assert.doesNotMatch(picture.replace(/#80808059/g, ''), /(?:fill|stroke)="#|<script|href=/, media.svg);
    }
  });

  it('has words for every state that the list can be in without a task', () => {
    const told = new Set(
      texts(manifest.contributes.viewsWelcome).flatMap((when) => /countersign\.list == ([\w-]+)/.exec(when)?.[1] ?? []),
    );
    const states = [.../export type ListState =([^;]+);/.exec(source)![1]!.matchAll(/'([\w-]+)'/g)].map(
      (match) => match[1]!,
    );
    assert.ok(states.length > 5);
    assert.deepEqual(states.filter((state) => !told.has(state)).sort(), ['listed', 'unknown']);
  });
});

describe('the words of the extension', () => {
  it('can all be translated: each is a literal where it is said', () => {
    const said = sources.flatMap((text) => [...text.matchAll(/(?:\bl10n\.t|(?<![\w.$])t)\(\s*(.{0,60})/g)]);
    assert.ok(said.length > 100);
    const dynamic = said.filter(([, argument]) => !/^['"]/.test(argument!)).map(([whole]) => whole);
    assert.deepEqual(dynamic, []);
  });
});

/** Whether a node with these words has the item in its menu; knows as much of when-clauses as the tree's menus use. */
function fits(when: string, viewItem: string): boolean {
  return when.split(' && ').every((part) => {
    const [, not, word] = /^(!\()?viewItem =~ \/\\b(\w+)\\b\/\)?$/.exec(part) ?? [];
    if (word !== undefined) return viewItem.split(' ').includes(word) === (not === undefined);
    const exactly = /^viewItem == (\w+)$/.exec(part)?.[1];
    if (exactly !== undefined) return viewItem === exactly;
    return part === 'view == countersign.tasks' || part === '!listMultiSelection';
  });
}
