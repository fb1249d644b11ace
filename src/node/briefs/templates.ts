/** The team's own templates: plain briefs in the working tree, which may be anybody's files. */
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBrief } from '../../core/brief/parse';
import { TEMPLATES_FOLDER } from '../../core/brief/policyFile';

/** As large as a brief may be. */
const MAX_BYTES = 256 * 1024;
const MOST_TEMPLATES = 100;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export interface TeamTemplate {
  /** Of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** All that parse, by name. What cannot be used is left out: it is for `brief check` to say what is wrong with it. */
export async function listTemplates(root: string): Promise<TeamTemplate[]> {
  const names = (await readdir(join(root, TEMPLATES_FOLDER)).catch(() => []))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .filter((name) => NAME.test(name))
    .sort()
    .slice(0, MOST_TEMPLATES);
  const found: TeamTemplate[] = [];
  for (const name of names) {
    const text = await readTemplate(root, name).catch(() => null);
    const title = text === null ? null : titleOf(text, name);
    if (text !== null && title !== null) found.push({ name, title, text });
  }
  return found;
}

/**
 * The text of one; null when there is none of that name. Throws what reading says, and an error for what is no file of
 * the working tree, or larger than a brief may be.
 */
export async function readTemplate(root: string, name: string): Promise<string | null> {
  if (!NAME.test(name)) return null;
  const path = join(root, TEMPLATES_FOLDER, `${name}.md`);
  let file: FileHandle | null = null;
  try {
    if ((await realpath(path)) !== join(await realpath(root), TEMPLATES_FOLDER, `${name}.md`)) {
      throw new Error(`${path} is a link, or behind one`);
    }
    // Not blocking: opening a FIFO would wait for a writer.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error(`${path} is no file`);
    if (stat.size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES / 1024} KiB`);
    return await file.readFile('utf8');
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw thrown;
  } finally {
    await file?.close();
  }
}

function titleOf(text: string, name: string): string | null {
  try {
    return parseBrief(text, name).title;
  } catch {
    return null;
  }
}
