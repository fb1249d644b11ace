/** Small questions of a turn's beginning. */
import type { Conversation } from './turn';

/** A prompt for an agent that has forgotten what came before. */
export function retold({ asked, prompt }: Pick<Conversation, 'asked' | 'prompt'>): string {
  return [
    'You have worked on this task before, in a session that is gone. Your work is in the folder as you left it.',
    'The task was:',
    asked,
    'What to do now:',
    prompt,
  ].join('\n\n');
}

/** Whether a version comes before another, by the numbers of `a.b.c`; what follows them does not count. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [one, other] = [numbers(version), numbers(than)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
