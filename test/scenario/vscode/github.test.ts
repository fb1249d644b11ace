/** The request to GitHub, spoken to a real server on the loopback that answers as GitHub's documentation says. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Opened, openPullRequest } from '../../../src/vscode/pullRequest/github';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const REQUEST = { title: 'Retry', head: 'countersign/retry', base: 'main', body: '## Goal\nä' };
const REPOSITORY = { owner: 'owner', name: 'na.me' };

describe('opening a pull request at GitHub', () => {
  let server: Server;
  let heard: Heard[];
  let answer: (request: Heard, response: ServerResponse) => void;

  beforeEach(async () => {
    heard = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const told = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
        heard.push(told);
        answer(told, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const json = (status: number, value: unknown) => (_: Heard, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const open = (signal = new AbortController().signal): Promise<Opened> => {
    const { port } = server.address() as AddressInfo;
    return openPullRequest({ api: `http://127.0.0.1:${port}`, token: 'secret' }, REPOSITORY, REQUEST, signal);
  };

  it('sends title, branches and body, and takes the number of what was made', async () => {
    answer = json(201, { number: 12, html_url: 'https://evil.example/' });
    assert.deepEqual(await open(), { kind: 'opened', number: 12 });
    const [told] = heard;
    assert.equal(told?.method, 'POST');
    assert.equal(told?.url, '/repos/owner/na.me/pulls');
    assert.equal(told?.headers.authorization, 'Bearer secret');
    assert.equal(told?.headers['x-github-api-version'], '2022-11-28');
    assert.deepEqual(JSON.parse(told?.body ?? ''), REQUEST);
  });

  it('finds the one that is there already', async () => {
    answer = (request, response) =>
      request.method === 'POST'
        ? json(422, {
            message: 'Validation Failed',
            errors: [{ message: 'A pull request already exists for owner:x.' }],
          })(request, response)
        : json(200, [{ number: 7 }])(request, response);
    assert.deepEqual(await open(), { kind: 'exists', number: 7 });
    const query = new URL(`http://x${heard[1]?.url}`).searchParams;
    assert.equal(query.get('head'), 'owner:countersign/retry');
    assert.equal(query.get('state'), 'open');
  });

  it('says why it was refused, in words that nothing obeys', async () => {
    answer = (request, response) =>
      request.method === 'POST'
        ? json(422, { message: 'Validation Failed\u202e', errors: [{ field: 'base', message: 'No commits' }, 'odd'] })(
            request,
            response,
          )
        : json(200, [])(request, response);
    assert.deepEqual(await open(), {
      kind: 'refused',
      why: 'Validation Failed\\u{202e}; No commits; odd (HTTP 422)',
    });
    for (const status of [401, 403, 404, 500]) {
      answer = json(status, { message: 'no' });
      assert.deepEqual(await open(), { kind: 'refused', why: `no (HTTP ${status})` });
    }
  });

  it('takes an answer that is no answer for a refusal', async () => {
    for (const body of ['<html>', '', '[]', '{"number":"12"}', '{"number":-1}', `"${'x'.repeat(5_000_000)}"`]) {
      answer = (_, response) => void response.writeHead(201).end(body);
      const opened = await open();
      assert.equal(opened.kind, 'refused', body.slice(0, 20));
      assert.match(opened.kind === 'refused' ? opened.why : '', /cannot be read \(HTTP 201\)/);
    }
  });

  it('says what the network said when nobody answers', async () => {
    answer = (_, response) => response.destroy();
    const cut = await open();
    assert.equal(cut.kind, 'refused');
    assert.doesNotMatch(cut.kind === 'refused' ? cut.why : '', /^(|fetch failed)$/);
  });

  it('ends when the person stops it', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    await assert.rejects(open(stop.signal), { name: 'AbortError' });
  });
});
