/** The tools of a task, as an agent starts them inside its own sandbox. Composes; decides nothing. */
import { serveTools } from './mcp/server';

serveTools().catch((error: unknown) => {
  process.stderr.write(`countersign tools: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
