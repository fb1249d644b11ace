/** `review/*`: added text that addresses the reviewer, and work that says itself that it is not done. */
import type { ContentRule } from '../input';

export const judgeWords: ContentRule = async () => ({ findings: [] });
