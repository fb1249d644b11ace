/** The family `checks/*`, joined: what stands behind the commands of the brief’s checks, and what loosens them. */
import type { ContentRule } from '../input';

export const judgeChecks: ContentRule = async () => ({ findings: [] });
