/** References of Conan: `name/version@user/channel#revision` (Conan's documentation, "Reference"). */
import type { Requirement } from '../model';

const REFERENCE = /^([\w.+-]+)\/(\S[^\n]*)$/;

/** A requirement of a reference; null for what is none. */
export function requirementOf(group: string, reference: string): Requirement | null {
  const [, name, spec] = REFERENCE.exec(reference.trim()) ?? [];
  if (name === undefined || spec === undefined) return null;
  return { group, name, package: name, spec, source: null, everywhere: false };
}
