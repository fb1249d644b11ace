/** A readiness finding on one line, as compilers write theirs. */
import type { ReadinessFinding } from '../core/brief/readiness';
import { visible } from '../core/visible';

/** @param file what the brief is called */
export function describeReadiness(
  file: string,
  { line, severity, message, rule }: Omit<ReadinessFinding, 'rule'> & { readonly rule: string },
): string {
  return `${visible(file)}:${line ?? 1}: ${severity}: ${visible(message)} [${rule}]`;
}
