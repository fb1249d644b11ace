import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const words: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const commands: readonly Command[] = manifest.contributes.commands;
const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(vscode|extension)/.test(file) && /\.tsx?$/.test(file))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

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
    const registered = [...source.matchAll(/(?:about|reporting\.command)\('(countersign\.\w+)'/g)].map(
      (match) => match[1],
    );
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
});
