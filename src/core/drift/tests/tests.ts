/** The family `tests/*`, joined: what the change did to tests, in every language that is known. */
import type { ContentRule } from '../input';

export const judgeTests: ContentRule = async () => ({ findings: [] });
