import { readPartialBrief } from '../../../core/brief/partialBrief';
import { valueAt } from '../formEdits';

/** The goal of a draft on one line: what a person begins to shape with. Empty where there is none. */
export function valueOfGoal(text: string): string {
  return text === '' ? '' : valueAt(readPartialBrief(text, ''), 'goal').replace(/\s+/g, ' ').trim();
}
