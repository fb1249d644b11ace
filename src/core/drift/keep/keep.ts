/** The family `keep/*`: what the brief says must stay as it is. */
import type { ContentRule } from '../input';

export const judgeKept: ContentRule = async () => ({ findings: [] });
