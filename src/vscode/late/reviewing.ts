/**
 * Everything that composes the review page and does what it asks for: a bundle of its own, loaded with the first review,
 * so that activation stays cheap.
 */
import { parseIntent } from '../../webview/review/messages';
import { follow } from '../review/intents';
import { ReviewSession } from '../review/session';

export { ReviewSession };

/** Does what a message of the page asks for; what is no message of the page does nothing. Never throws. */
export async function hear(session: ReviewSession, sent: unknown): Promise<void> {
  const intent = parseIntent(sent);
  if (intent !== null) await follow(session, intent);
}
