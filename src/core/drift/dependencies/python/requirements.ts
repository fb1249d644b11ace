/** requirements.txt and its kind (pip docs, "Requirements File Format"). */
import { integrityOf } from '../integrity';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { isRequirementsFile } from './names';
import { requirementOf } from './pep508';
import { isPlace, isUsualIndex, nameInPlace, sourceOf } from './places';
import { type CompiledLine, compiledLines } from './requirementLines';

/** Options that say where packages come from, and the setting that they are listed as. */
const REGISTRY_OPTIONS: Readonly<Record<string, string>> = {
  '-i': '--index-url',
  '--index-url': '--index-url',
  '--pypi-url': '--index-url',
  '--extra-index-url': '--extra-index-url',
  '-f': '--find-links',
  '--find-links': '--find-links',
  '--trusted-host': '--trusted-host',
};
/** Options that bring in another list or a project. */
const INCLUDES: Readonly<Record<string, string>> = {
  '-r': '-r',
  '--requirement': '-r',
  '--requirements': '-r',
  '-c': '-c',
  '--constraint': '-c',
  '--constraints': '-c',
};
const EDITABLE: ReadonlySet<string> = new Set(['-e', '--editable']);
/** Options with a value that decide nothing of what is asked here. */
const VALUED: ReadonlySet<string> = new Set(['--no-binary', '--only-binary', '--use-feature', '--implementation']);
/** Options of one requirement (pip docs, "Per-requirement options") that its build sees. */
const BUILD_OPTION = /^--(?:global-option|install-option|config-settings?|build-option)(?:=|$)/;

/** How much of a line that is not understood is named. */
const MOST_QUOTED = 12;
const LONGEST_QUOTE = 80;

/** How a list is read: to which section its requirements belong, and what paths in it are relative to. */
export interface ListPlace {
  readonly group: string;
  readonly everywhere: boolean;
  readonly folder: string;
}

/** What is collected of a list. */
interface Found {
  readonly requirements: Requirement[];
  readonly registries: Map<string, string>;
  readonly faults: string[];
}

/** Reads a list; the constraints are known by the file's name. What is no line of pip's is a fault. */
export function readRequirements(text: string, path: string): Manifest {
  const isConstraints = /constraints/i.test(path.slice(path.lastIndexOf('/') + 1));
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const place = { group: isConstraints ? 'constraints' : 'requirements', everywhere: isConstraints, folder };
  return readLines(compiledLines(text), place);
}

/** The same for lines that stand in another file, such as the pip section of a Conda environment. */
export function readLines(lines: readonly CompiledLine[], place: ListPlace): Manifest {
  const found: Found = { requirements: [], registries: new Map(), faults: [] };
  for (const line of lines) readLine(line, place, found);
  return { ...found, requirements: merged(found.requirements), hooks: new Map() };
}

function readLine({ text, isIndirect }: CompiledLine, place: ListPlace, found: Found): void {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const [first = ''] = words;
  if (first.startsWith('-')) {
    readOptions(words, place, found);
    return;
  }
  addRequirement(words, isIndirect, place, found);
}

function addRequirement(words: readonly string[], isIndirect: boolean, place: ListPlace, found: Found): void {
  const at = words.findIndex((word) => word.startsWith('--'));
  const own = at === -1 ? words : words.slice(0, at);
  const requirement = readOne(unquoted(own.join(' ')), at === -1 ? [] : words.slice(at), place);
  if (requirement === 'itself') return;
  if (requirement === null) found.faults.push(words.slice(0, MOST_QUOTED).join(' ').slice(0, LONGEST_QUOTE));
  else found.requirements.push(isIndirect ? { ...requirement, direct: false } : requirement);
}

/** One requirement and its options; `itself` for the project that the list belongs to. */
function readOne(text: string, options: readonly string[], place: ListPlace): Requirement | 'itself' | null {
  if (/^\.(?:\[[^\]]*\])?$/.test(text)) return 'itself';
  const requirement = isPlace(text) ? placed(text, place) : requirementOf(text, place);
  if (requirement === null) return null;
  const hashes = options.flatMap((option, index) =>
    option.startsWith('--hash=') ? option.slice(7) : option === '--hash' ? (options[index + 1] ?? []) : [],
  );
  const build = options.filter((option) => BUILD_OPTION.test(option));
  const integrity = integrityOf(hashes.map((hash) => ({ name: null, hash })));
  return {
    ...requirement,
    spec: [requirement.spec, ...build].join(' ').trim(),
    ...(integrity === null ? {} : { integrity }),
  };
}

/** A requirement that is only an address or a path. */
function placed(text: string, { group, everywhere }: ListPlace): Requirement {
  const [place = ''] = text.split(/\s/);
  const name = nameInPlace(place);
  const own = name === place ? null : requirementOf(name, { group });
  const named = own?.name ?? name;
  return { group, name: named, package: named, spec: text, source: sourceOf(place), everywhere };
}

function readOptions(words: readonly string[], place: ListPlace, found: Found): void {
  for (let at = 0; at < words.length; at++) {
    const { option, value, isNext } = optionAt(words, at);
    const setting = Object.hasOwn(REGISTRY_OPTIONS, option) ? REGISTRY_OPTIONS[option] : undefined;
    const include = Object.hasOwn(INCLUDES, option) ? INCLUDES[option] : undefined;
    if (setting !== undefined) addRegistry(found.registries, setting, value);
    else if (option === '--no-index') addRegistry(found.registries, '--no-index', 'true');
    else if (include !== undefined) addInclude(include, value, place, found);
    else if (EDITABLE.has(option)) {
      addRequirement([value, ...words.slice(at + (isNext ? 2 : 1))], false, place, found);
      return;
    } else if (!option.startsWith('-')) {
      found.faults.push(words.slice(0, MOST_QUOTED).join(' ').slice(0, LONGEST_QUOTE));
      return;
    }
    if (isNext && (setting !== undefined || include !== undefined || VALUED.has(option))) at++;
  }
}

/** `--option=value`, `--option value`, `-ovalue` or `-o value`. */
function optionAt(words: readonly string[], at: number): { option: string; value: string; isNext: boolean } {
  const word = words[at] ?? '';
  const equals = word.indexOf('=');
  if (word.startsWith('--') && equals !== -1) {
    return { option: word.slice(0, equals), value: word.slice(equals + 1), isNext: false };
  }
  const short = /^-[ircfe]/.test(word) && word.length > 2;
  if (short) return { option: word.slice(0, 2), value: word.slice(2), isNext: false };
  return { option: word, value: unquoted(words[at + 1] ?? ''), isNext: true };
}

function unquoted(text: string): string {
  const quote = text.at(0);
  const isQuoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}

function addRegistry(registries: Map<string, string>, setting: string, value: string): void {
  if (isUsualIndex(value)) return;
  const known = registries.get(setting);
  registries.set(setting, known === undefined ? value : `${known} ${value}`);
}

/** A list that is known by its name is judged for itself; one that is not brings in what nobody reads. */
function addInclude(option: string, value: string, { group, folder }: ListPlace, { requirements }: Found): void {
  const isRemote = /^[a-z][a-z\d+.-]*:/i.test(value);
  if (!isRemote && isRequirementsFile(`${folder}${value.replace(/^(?:\.\/)+/, '')}`)) return;
  const source = isRemote ? 'a URL' : 'a list that is not read';
  const name = `${option} ${value}`;
  requirements.push({ group, name, package: name, spec: name, source, everywhere: option === '-c' });
}
