/** Names that some file system takes for `.git`, after git's own `verify_path` and `is_hfs_dotgit` / `is_ntfs_dotgit`. */

/** Code points that HFS+ ignores in names (git, utf8.c: `next_hfs_char`). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** NTFS: the short name, streams (`:…`), and the dots and spaces at the end that it drops. */
const NTFS_GIT = /^(?:\.git|git~\d+)[ .]*(?::.*)?$/;

/** Whether a path segment is `.git` in any spelling that a file system could fold to it. */
export function isGitName(segment: string): boolean {
  return NTFS_GIT.test(segment.replace(HFS_IGNORED, '').toLowerCase());
}

/** Whether any segment of a path (with `/` or `\`) is `.git` in some spelling. */
export function entersGit(path: string): boolean {
  return path.split(/[/\\]/).some(isGitName);
}
