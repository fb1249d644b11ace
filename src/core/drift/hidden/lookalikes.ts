/** Letters that look like Latin ones, and names reduced to what they look like. */

/**
 * Cyrillic and Greek letters that most fonts draw like a Latin one, and a few Latin extensions (from Unicode's
 * confusables.txt, UTS #39). Keys are lower-case: names are folded first.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', і: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', н: 'h', о: 'o', р: 'p' },
  ...{ ԛ: 'q', ѕ: 's', т: 't', у: 'y', ѵ: 'v', ԝ: 'w', х: 'x', ү: 'y', г: 'r' },
  // Greek; without µ, which units need
  ...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w', γ: 'y' },
  // Latin extensions
  ...{ ı: 'i', ɑ: 'a', ɡ: 'g', ʟ: 'l', ꞁ: 'l', ƅ: 'b' },
};

const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const LATIN = /\p{Script=Latin}/u;

/** A name as a folding file system compares it: normal form KC, without case. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFC');
}

/** A name as the eye compares it: folded, with look-alike letters replaced and unseen characters dropped. */
export function skeleton(name: string): string {
  const folded = foldName(name).replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return folded.replace(/[^\x20-\x7e]/gu, (letter) => LOOKS_LIKE[letter] ?? letter);
}

/** The first word (a run of letters) of a path in which look-alike letters stand among Latin ones, or null. */
export function mixesLookalikes(path: string): string | null {
  for (const [word] of path.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const letters = [...word];
    const posing = letters.some((letter) => FOREIGN.test(letter) && Object.hasOwn(LOOKS_LIKE, letter.toLowerCase()));
    if (posing && LATIN.test(word)) return word;
  }
  return null;
}
