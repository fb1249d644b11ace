/** `hidden/symlink`: where a link leads, read from its blob. No link is ever followed. */
import { MODE } from '../changes';
import { mapConcurrently } from '../concurrent';
import type { Change } from '../diff';
import type { RuleContext } from '../input';
import type { RawFinding, Severity } from '../report';
import { entersGit } from './gitNames';

/** PATH_MAX of Linux: a longer target can be followed by nobody. */
const TARGET_LIMIT = 4096;
const READS_AT_ONCE = 16;

/**
 * Every new or redirected link. In the repository and in scope it is `info`; in the repository otherwise `warn`;
 * absolute, leaving the repository or entering `.git` it blocks.
 */
export async function judgeLinks(context: RuleContext): Promise<readonly RawFinding[]> {
  const links = context.changes.filter(
    ({ newMode, newOid, oldOid, oldMode, oldPath }) =>
      newMode === MODE.link && newOid !== null && (newOid !== oldOid || oldMode !== newMode || oldPath !== null),
  );
  return mapConcurrently(links, READS_AT_ONCE, (change) => judgeLink(change, context));
}

async function judgeLink(change: Change, context: RuleContext): Promise<RawFinding> {
  const { path } = change;
  const blob = await context.reader.blob(change.newOid ?? '', TARGET_LIMIT);
  if (blob === null || blob.tooLarge) {
    const message = `${path} is a link whose target could not be read.`;
    return { rule: 'hidden/symlink', path, message, evidence: 'unreadable target' };
  }
  const target = new TextDecoder().decode(blob.bytes);
  const { severity, where } = leadsTo(path, target, context);
  const message = `${path} is a link to ${target}, ${where}.`;
  return { rule: 'hidden/symlink', severity, path, message, evidence: `→ ${target}` };
}

interface Destination {
  readonly severity: Severity;
  readonly where: string;
}

const blocked = (where: string): Destination => ({ severity: 'block', where });

function leadsTo(path: string, target: string, { scope }: RuleContext): Destination {
  if (target === '' || target.includes('\0')) return blocked('which is no path');
  if (/^[/\\]|^[A-Za-z]:/.test(target)) return blocked('an absolute path');
  if (entersGit(target)) return blocked('inside git’s own folder');
  const resolved = resolve(path, target);
  if (resolved === null) return blocked('outside the repository');
  if (resolved !== '' && scope.judge(resolved) === 'in') return { severity: 'info', where: 'inside the scope' };
  return { severity: 'warn', where: 'inside the repository but not in scope' };
}

/**
 * The path that a relative target means, or null when it leaves the repository. A `..` after a name counts as leaving:
 * the name may be a link itself, and then nobody can tell where `..` leads.
 */
function resolve(path: string, target: string): string | null {
  const folders = path.split('/').slice(0, -1);
  let named = false;
  // A backslash is a separator on Windows, so it is one here.
  for (const segment of target.split(/[/\\]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      named = true;
      folders.push(segment);
    } else if (named || folders.pop() === undefined) {
      return null;
    }
  }
  return folders.join('/');
}
