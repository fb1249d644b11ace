/** Where a repository keeps the team's policy, relative to its top. */
export const POLICY_FILE = '.countersign/policy.yaml';

/** Where it keeps the team's own templates of briefs: `NAME.md` in it. */
export const TEMPLATES_FOLDER = '.countersign/templates';
