/** How a policy tightens a brief. */
import type { Brief } from './brief';
import type { Policy } from './policy';

/** Something that the policy added to a brief, or where it overruled it. `path`: the dotted key of the brief. */
export interface PolicyNote {
  readonly kind: 'added' | 'overruled';
  readonly path: string;
  readonly message: string;
}

/**
 * The brief that is worked and judged by: the handed-off one, tightened. `hash` and `source` stay those of the text that
 * was handed off. Idempotent.
 */
export function applyPolicy(brief: Brief, policy: Policy): { brief: Brief; notes: readonly PolicyNote[] } {
  const notes: PolicyNote[] = [];
  const { front } = brief;
  const avoid = [...new Set([...front.scope.avoid, ...policy.scope.avoid])];
  for (const pattern of avoid.slice(new Set(front.scope.avoid).size)) {
    notes.push({ kind: 'added', path: 'scope.avoid', message: `the policy adds \`${pattern}\` to what is avoided` });
  }
  const setup = front.setup ?? policy.setup;
  if (setup !== front.setup) {
    notes.push({ kind: 'added', path: 'setup', message: `the policy adds the setup command \`${setup}\`` });
  }
  const review = policy.review.required ? { ...front.review, required: true } : front.review;
  if (policy.review.required && front.review?.required !== true) {
    notes.push({ kind: 'added', path: 'review', message: 'the policy wants a review before sign-off' });
  }
  return {
    brief: {
      ...brief,
      front: {
        ...front,
        ...(setup === undefined ? {} : { setup }),
        ...(review === undefined ? {} : { review }),
        scope: { ...front.scope, avoid },
        budget: capBudget(front.budget, policy.budget, notes),
        checks: requireChecks(front.checks, policy.checks, notes),
      },
    },
    notes,
  };
}

type Budget = Policy['budget'];

function capBudget(own: Budget, cap: Budget, notes: PolicyNote[]): Budget {
  const budget = { ...own };
  for (const key of ['files', 'lines', 'minutes', 'tokens', 'usd'] as const) {
    const limit = cap[key];
    const asked = own[key];
    if (limit === undefined || (asked !== undefined && asked <= limit)) continue;
    budget[key] = limit;
    const path = `budget.${key}`;
    if (asked === undefined) notes.push({ kind: 'added', path, message: `the policy sets ${path} to ${limit}` });
    else notes.push({ kind: 'overruled', path, message: `the policy caps ${path}: ${limit}, not ${asked}` });
  }
  return budget;
}

function requireChecks(own: Policy['checks'], required: Policy['checks'], notes: PolicyNote[]): Policy['checks'] {
  const checks = [...own];
  for (const check of required) {
    const index = checks.findIndex(({ name }) => name === check.name);
    if (index < 0) {
      checks.push(check);
      notes.push({ kind: 'added', path: 'checks', message: `the policy adds the check \`${check.name}\`` });
      continue;
    }
    if (checks[index]!.run !== check.run) {
      const message = `the check \`${check.name}\` runs the policy's command \`${check.run}\``;
      notes.push({ kind: 'overruled', path: `checks.${index}.run`, message });
    }
    checks[index] = check;
  }
  return checks;
}
