/** Opens a pull request through GitHub's REST API (version 2022-11-28, "Create a pull request"). */
import * as z from 'zod/mini';
import { visible } from '../../core/visible';
import type { Remote } from './remote';
import type { PullRequest } from './request';

/** Where to ask, and as whom. */
export interface GitHubAccess {
  /** Root of the API, without a slash at its end. */
  readonly api: string;
  readonly token: string;
}

export type Opened =
  | { readonly kind: 'opened' | 'exists'; readonly number: number }
  /** `why`: for people. */
  | { readonly kind: 'refused'; readonly why: string };

const ANSWER_MS = 30_000;
const MOST_BYTES = 4 * 1024 * 1024;
const WHY_MOST = 500;

const pullSchema = z.object({ number: z.int().check(z.minimum(1)) });
const refusalSchema = z.object({
  message: z.string(),
  errors: z.optional(z.array(z.union([z.string(), z.looseObject({ message: z.optional(z.string()) })]))),
});

/** Never throws for what the network or GitHub does; an abort is thrown on. */
export async function openPullRequest(
  access: GitHubAccess,
  { owner, name }: Pick<Remote, 'owner' | 'name'>,
  request: PullRequest,
  signal: AbortSignal,
): Promise<Opened> {
  const pulls = `${access.api}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/pulls`;
  const answer = await ask(access, pulls, signal, request);
  if (answer.status === 201) {
    const made = z.safeParse(pullSchema, answer.body);
    if (made.success) return { kind: 'opened', number: made.data.number };
  }
  if (answer.status === 422) {
    const query = new URLSearchParams({ head: `${owner}:${request.head}`, base: request.base, state: 'open' });
    const found = z.safeParse(z.array(pullSchema), (await ask(access, `${pulls}?${query}`, signal, null)).body);
    const [existing] = found.success ? found.data : [];
    if (existing !== undefined) return { kind: 'exists', number: existing.number };
  }
  return { kind: 'refused', why: whyOf(answer) };
}

interface Answer {
  /** 0 when none came. */
  readonly status: number;
  readonly body: unknown;
}

async function ask(access: GitHubAccess, url: string, signal: AbortSignal, send: PullRequest | null): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  try {
    const response = await fetch(url, {
      method: send === null ? 'GET' : 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${access.token}`,
        'content-type': 'application/json',
        'user-agent': 'countersign',
        'x-github-api-version': '2022-11-28',
      },
      ...(send === null ? {} : { body: JSON.stringify(send) }),
      signal: limit,
    });
    return { status: response.status, body: await jsonOf(response) };
  } catch (thrown) {
    signal.throwIfAborted();
    const message = limit.aborted ? `no answer in ${ANSWER_MS / 1_000} seconds` : causeOf(thrown);
    return { status: 0, body: { message } };
  }
}

/** Null when it is too long, or no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null;
  }
}

function whyOf({ status, body }: Answer): string {
  const told = z.safeParse(refusalSchema, body);
  const details = told.success
    ? (told.data.errors ?? []).flatMap((error) => (typeof error === 'string' ? error : (error.message ?? [])))
    : [];
  const words = [told.success ? told.data.message : 'an answer that cannot be read', ...details].join('; ');
  const short = visible(words).slice(0, WHY_MOST);
  return status === 0 ? short : `${short} (HTTP ${status})`;
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
