/** Repositories of git, by whatever address. */
import type { Requirement } from '../model';

/** The name, kind and source of a requirement. */
export type Place = Pick<Requirement, 'name' | 'package' | 'source' | 'origin' | 'ecosystem'>;

/** GitHub does not tell names apart by their case. */
export function onGithub(name: string): Place {
  return { name: name.toLowerCase(), package: name.toLowerCase(), source: null, ecosystem: 'github' };
}

/** `owner/repository` on GitHub, the usual place; any other address as it is. */
export function repositoryOf(address: string): Place {
  const text = address
    .trim()
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
  const short = /^(?:(?:https?|git):\/\/|ssh:\/\/git@|git@)(?:www\.)?github\.com[/:]([\w.-]+\/[\w.-]+)$/i.exec(
    text,
  )?.[1];
  return short === undefined
    ? { name: text, package: text, source: 'git', origin: text, ecosystem: 'generic' }
    : onGithub(short);
}
