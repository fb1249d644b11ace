/** flake.nix: its inputs, as far as they are literals (Nix Reference Manual, "nix flake", "Flake inputs"). */
import { NIX_SYNTAX } from '../lexer';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { dottedName, isSign, type Statement, statementsOf } from '../statements';
import { flakePlace } from './flakePlace';

/** Reads the inputs of a flake. Throws Unreadable. */
export function readFlake(text: string): Manifest {
  const inputs = new Map<string, Map<string, string>>();
  for (const statement of statementsOf(text, NIX_SYNTAX)) {
    const [section, input, attribute, ...more] = pathOf(statement) ?? [];
    const value = literalOf(statement);
    if (section !== 'inputs' || input === undefined || attribute === undefined || more.length > 0 || value === null)
      continue;
    inputs.set(input, (inputs.get(input) ?? new Map<string, string>()).set(attribute, value));
  }
  const requirements = [...inputs.values()].flatMap((attributes): Requirement[] => {
    const place = flakePlace(Object.fromEntries(attributes));
    return place === null ? [] : [{ ...place, group: 'inputs', everywhere: false }];
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

/** Names from the outermost set to the attribute; null inside anything else, such as what the flake makes. */
function pathOf(statement: Statement): readonly string[] | null {
  const names: string[] = [];
  for (let each: Statement | null = statement; each !== null; each = each.within) {
    const { name, next } = dottedName(each.tokens, 0);
    if (each.within === null && each.tokens.length === 0) return names;
    if (name === '' || !isSign(each.tokens[next], '=')) return null;
    names.unshift(...name.split('.'));
  }
  return null;
}

function literalOf({ tokens }: Statement): string | null {
  const value = tokens.at(-1);
  return value?.kind === 'text' && isSign(tokens.at(-2), '=') ? value.text : null;
}
