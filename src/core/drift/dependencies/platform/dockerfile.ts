/** Dockerfile and Containerfile (Docker documentation, "Dockerfile reference"). */
import { Unreadable } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { substituted } from '../substitution';
import { imageOf } from './image';

/** `<<END` as a word of its own begins lines that are no instructions. */
const HEREDOC = /(?:^|\s)\d{0,3}<<(-?)(["']?)([A-Za-z_]\w{0,99})\2(?=\s|$)/g;
/** `$a`, `${a}`, `${a:-b}`. */
const VARIABLE = /\$\{([^{}]{1,300})\}|\$(\w{1,200})/g;
/** Images that are made while a template is filled in are taken as they are written. */
const TEMPLATE = /\{\{|<%|^@|^%%/;

/** Reads which images a build begins with and copies from. Throws Unreadable. */
export function readDockerfile(text: string): Manifest {
  const requirements: Requirement[] = syntaxOf(text);
  const faults = new Set<string>();
  const stages = new Set<string>();
  const defaults = new Map<string, string>();
  let hasBegun = false;
  const add = (group: string, reference: string) => {
    const isStage = stages.has(reference.toLowerCase()) || (group !== 'FROM' && /^\d+$/.test(reference));
    const image = isStage ? null : imageOf(group, reference);
    if (image) requirements.push(image);
  };
  for (const line of instructionsOf(text)) {
    const [, keyword = '', rest = ''] = /^(?:ONBUILD\s+)?([A-Z]+)(?:\s+(.*))?$/is.exec(line) ?? [];
    switch (keyword.toUpperCase()) {
      case 'ARG':
        // Only what stands before the first stage counts for where stages begin.
        if (!hasBegun) for (const [name, value] of argumentsOf(rest)) defaults.set(name, value);
        break;
      case 'FROM': {
        hasBegun = true;
        const stage = stageOf(rest, defaults);
        if (stage === null) faults.add('FROM');
        else {
          add('FROM', stage.image);
          if (stage.name !== '') stages.add(stage.name);
        }
        break;
      }
      case 'COPY':
      case 'ADD':
      case 'RUN':
        for (const image of sourcesOf(rest)) add(keyword.toUpperCase(), image);
        break;
    }
  }
  return { ...EMPTY_MANIFEST, requirements: merged(requirements), faults: [...faults] };
}

/** `# syntax=image` at the very beginning: the image reads the rest of the file. */
function syntaxOf(text: string): Requirement[] {
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*#\s*([a-z]+)\s*=\s*(\S+)\s*$/i.exec(line.slice(0, 1000)) ?? [];
    if (name === undefined || value === undefined) return [];
    if (name.toLowerCase() === 'syntax') return [imageOf('syntax', value) ?? []].flat();
  }
  return [];
}

/** Instructions with their continued lines, without comments and here-documents. */
function instructionsOf(text: string): readonly string[] {
  const goingOn = /^\s*#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\';
  const instructions: string[] = [];
  let pieces: string[] = [];
  let endings: { readonly word: string; readonly isIndented: boolean }[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const [ending] = endings;
    const line = raw.trim();
    if (ending !== undefined) {
      if ((ending.isIndented ? raw.replace(/^\t+/, '') : raw) === ending.word) endings.shift();
      continue;
    }
    if (line.startsWith('#') || line === '') continue;
    const goesOn = line.endsWith(goingOn);
    pieces.push(goesOn ? line.slice(0, -1).trim() : line);
    if (goesOn) continue;
    const instruction = pieces.join(' ');
    pieces = [];
    instructions.push(instruction);
    if (/^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i.test(instruction)) {
      endings = [...instruction.matchAll(HEREDOC)].map(([, dash, , word = '']) => ({ word, isIndented: dash === '-' }));
    }
  }
  if (endings.length > 0) throw new Unreadable('a here-document in it does not end');
  if (pieces.length > 0) instructions.push(pieces.join(' '));
  return instructions;
}

function argumentsOf(rest: string): readonly (readonly [name: string, value: string])[] {
  return [...rest.matchAll(/(?:^|\s)(\w{1,200})=("[^"]*"|'[^']*'|\S*)/g)].map(([, name = '', value = '']) => {
    return [name, /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value] as const;
  });
}

function stageOf(
  rest: string,
  defaults: ReadonlyMap<string, string>,
): { readonly image: string; readonly name: string } | null {
  const words = rest.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  const [image, as, name = ''] = words;
  if (TEMPLATE.test(rest)) return { image: words.join(' '), name: '' };
  const isPlain = words.length === 1 || (words.length === 3 && as?.toUpperCase() === 'AS');
  if (image === undefined || !isPlain) return null;
  const value = (expression: string) => resolved(expression, defaults);
  return { image: substituted(image, value, VARIABLE), name: name.toLowerCase() };
}

/** `a`, `a:-b` (b where a is not set) and `a:+b` (b where it is). */
function resolved(expression: string, defaults: ReadonlyMap<string, string>): string | undefined {
  const [, name = '', operator, other] = /^(\w+)(?::?([-+])(.*))?$/.exec(expression) ?? [];
  const value = defaults.get(name) || undefined;
  if (operator === '-') return value ?? other;
  if (operator === '+') return value === undefined ? '' : other;
  return value;
}

/** `--from=image` of a copy, `--mount=…,from=image` of a run. */
function sourcesOf(rest: string): readonly string[] {
  const found: string[] = [];
  for (const word of rest.split(/\s+/)) {
    if (!word.startsWith('--')) break;
    const [, option = '', value = ''] = /^--(from|mount)=(.*)$/i.exec(word) ?? [];
    if (option.toLowerCase() === 'from') found.push(value);
    if (option.toLowerCase() === 'mount') {
      found.push(...value.split(',').flatMap((part) => (part.startsWith('from=') ? part.slice('from='.length) : [])));
    }
  }
  return found;
}
