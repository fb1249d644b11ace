/** The family `keep/*`: what the brief says must stay as it is. */
import type { ContentRule } from '../input';
import { judgeKeptExports } from './exports';
import { judgeKeptFiles } from './files';
import { judgeKeptSymbols } from './keptSymbols';

export const judgeKept: ContentRule = async (context) => {
  const { keep } = context.brief.front;
  if (keep === undefined) return { findings: [] };
  const [exports, symbols] = await Promise.all([
    judgeKeptExports(keep.exports, context),
    judgeKeptSymbols(keep.symbols, context),
  ]);
  return { findings: [...judgeKeptFiles(keep.files, context), ...exports, ...symbols] };
};
