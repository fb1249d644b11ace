/** A name of the user's made fit to be a folder's on any file system: letters, digits, `.`, `_`, `-`, at most 80. */
export function folderName(name: string): string {
  const fit = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[. -]+$/g, '');
  return fit.slice(0, 80) || 'repository';
}
