/** Waiting that a person can end. */
import * as vscode from 'vscode';

/** Milliseconds before a wait is worth a notification. */
const SHORT_MS = 500;
const SECOND_MS = 1_000;

/**
 * Waits for something that only reads, or that does no harm when nobody takes it: with the time that has passed, and a
 * Cancel that ends the waiting.
 *
 * @returns null when it was cancelled
 */
export async function withCancel<T extends object>(title: string, wanted: Promise<T>): Promise<T | null> {
  const begun = performance.now();
  const soon = await Promise.race([wanted, pause(SHORT_MS)]);
  if (soon !== null) return soon;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const tell = () => {
      progress.report({ message: vscode.l10n.t('{0} s', Math.round((performance.now() - begun) / SECOND_MS)) });
    };
    const tick = setInterval(tell, SECOND_MS);
    const cancelled = new Promise<null>((resolve) => token.onCancellationRequested(() => resolve(null)));
    // Nobody waits any more for what fails later.
    wanted.catch(() => undefined);
    return Promise.race([wanted, cancelled]).finally(() => clearInterval(tick));
  });
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}
