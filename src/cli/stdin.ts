/** What is piped into a command. */
import { fail } from '../core/errors';

/** Everything on stdin as text. Throws USAGE when it is more than `most` bytes. */
export async function readStdin(most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > most) fail('USAGE', `stdin holds more than ${most} bytes`, { fix: 'say it shorter' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
