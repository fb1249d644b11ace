import type { Person } from './brief';

/** Takes `Name <email>` apart; null when the text is something else. */
export function parsePerson(text: string): Person | null {
  if (text.length > 500) return null;
  const match = /^([^<>\p{Cc}]*[^<>\p{Cc}\s]) *<([^<>@\p{Cc}\s]+@[^<>@\p{Cc}\s]+)>$/u.exec(text.trim());
  return match ? { name: match[1]!.trim(), email: match[2]! } : null;
}

/** Whether two people, each `Name <email>`, have the same address, whatever its case. */
export function sameAddress(one: string, other: string): boolean {
  const [first, second] = [parsePerson(one), parsePerson(other)];
  return first !== null && first.email.toLowerCase() === second?.email.toLowerCase();
}
