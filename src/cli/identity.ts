/** Who is at the command line. */
import { userInfo } from 'node:os';

/** The user in words, for records that need no address: as git knows them, else the login name. */
export async function describeUser(repo: string): Promise<string> {
  const { readIdentity } = await import('../node/git/repository');
  const person = await readIdentity(repo);
  return person === null ? userInfo().username : `${person.name} <${person.email}>`;
}
