/** The family `hidden/*`, joined: what a reader of the diff would not see. */
import type { ContentRule } from '../input';
import { judgeAttributes } from './attributes';
import { judgeContents } from './contents';
import { judgeNames } from './names';
import { judgeNestedRepositories } from './nested';
import { judgeObserved } from './observed';
import { judgeLinks } from './symlink';

const RULES = [judgeContents, judgeNames, judgeLinks, judgeAttributes, judgeNestedRepositories];

/** Every rule of the family that needs contents, the trees' paths or the run's observations. */
export const judgeHidden: ContentRule = async (context) => {
  const judged = await Promise.all(RULES.map((rule) => rule(context)));
  const inTrees = judged.flat();
  const known = new Set(inTrees.map(({ rule, path }) => JSON.stringify([rule, path])));
  // The walk and the trees can see the same thing: it is said once.
  const observed = judgeObserved(context.observations).filter(
    ({ rule, path }) => !known.has(JSON.stringify([rule, path])),
  );
  return { findings: [...inTrees, ...observed] };
};
