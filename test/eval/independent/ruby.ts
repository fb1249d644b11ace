/** A second reading of Ruby's manifests, line by line. */
import { Names, type Reading } from './reading';

/** `gem 'name', 'version'…` of a Gemfile, with the groups that it is in. */
export function gemfile(text: string): Reading {
  const names = new Names();
  const blocks: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '');
    const [, name, rest = ''] = /^\s*gem[ (]+["']([^"']+)["'](.*)$/.exec(plain) ?? [];
    if (name !== undefined) names.add(name, versionsIn(rest), groupOf(rest, blocks));
    if (/^\s*end\b/.test(plain)) blocks.pop();
    else if (/\bdo(?:\s*\|[^|]*\|)?\s*$|^\s*(?:if|unless|case|begin|while|def)\b/.test(plain))
      blocks.push(/^\s*group\b(.*)\bdo\b/.exec(plain)?.[1] ?? '');
  }
  return names.reading();
}

export function gemspec(text: string): Reading {
  const names = new Names();
  const call = /\.add(_runtime|_development)?_dependency[ (]+["']([^"'\n]+)["'](.*)$/gm;
  for (const [, kind, name = '', rest = ''] of text.matchAll(call))
    names.add(name, versionsIn(rest), kind === '_development' ? 'development' : '');
  return names.reading();
}

function groupOf(rest: string, blocks: readonly string[]): string {
  const inline = /\bgroups?(?::| *=>) *(\[[^\]]*\]|:\w+|["']\w+["'])/.exec(rest)?.[1] ?? '';
  return [...`${blocks.join(' ')} ${inline}`.matchAll(/\w+/g)]
    .map(([word]) => word)
    .sort()
    .join('+');
}

/** Versions, and where a gem comes from when that is not the usual place. */
const versionsIn = (rest: string) => {
  const versions = [...rest.matchAll(/["']([~<>=! \d][^"']*)["']/g)].map(([, it]) => it);
  const places = [...rest.matchAll(/\b(git|github|gist|path|source|branch|tag|ref)(?::| *=>) *["']([^"']*)["']/g)];
  return [...versions, ...places.map(([, option, value]) => `${option}: ${value}`)].join(', ');
};
