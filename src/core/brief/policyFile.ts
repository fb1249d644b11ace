/** Where a repository keeps the team's policy, relative to its top. */
export const POLICY_FILE = '.countersign/policy.yaml';
