/** What is worth a notification, and when. Pure: the setting and where the person looks come in. */
import type { News } from '../hostLink';

/** The settings, and the one about notifications. */
export const SECTION = 'countersign';
export const NOTIFICATIONS = 'notifications';
/** The values of the setting `countersign.notifications`. */
export const WHEN = ['off', 'unfocused', 'always'] as const;
export type When = (typeof WHEN)[number];

/** A task needs a person: its agent asks, it came to review, it broke off. */
export type Occasion = 'asks' | 'ready' | 'failed';

export interface Notice {
  readonly id: string;
  readonly occasion: Occasion;
}

/** @returns null for all that is not worth interrupting a person */
export function occasionOf(event: News['event']): Occasion | null {
  switch (event.type) {
    case 'asked':
      return 'asks';
    case 'ready':
      return 'ready';
    case 'failed':
      return 'failed';
    case 'interrupted':
      // Whoever stopped it knows.
      return event.cause === 'host-died' ? 'failed' : null;
    default:
      return null;
  }
}

export function isWanted(when: When, focused: boolean): boolean {
  return when === 'always' || (when === 'unfocused' && !focused);
}
