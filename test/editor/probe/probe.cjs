// A second extension, for tests only: it lets the test program evaluate a step inside the extension host.
const { createServer } = require('node:http');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

/** Steps arrive as the text of a function and its arguments; their answer goes back as JSON. */
async function evaluate({ step, args }) {
  // What the bundler of the tests names its functions with.
  const evaluated = new Function('__name', `return (${step})`)((named) => named);
  return (await evaluated(vscode, ...args)) ?? null;
}

exports.activate = (context) => {
  const folder = process.env.COUNTERSIGN_TEST_PROBES;
  // For tests inside the extension host: what another extension registers.
  if (folder === undefined) return vscode;
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      try {
        const value = await evaluate(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        response.end(JSON.stringify({ value }));
      } catch (error) {
        response.end(
          JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
        );
      }
    });
  });
  mkdirSync(folder, { recursive: true });
  // One socket an extension host: that a new one is there tells the test program that a window has started.
  server.listen(join(folder, `${process.pid}.sock`));
  context.subscriptions.push({ dispose: () => server.close() });
  return vscode;
};
