/** Match specifications and channels of Conda (conda docs, "Package match specifications"). */

/** Channels that most environments use; which packages are on them is the public's knowledge. */
const USUAL_CHANNELS: ReadonlySet<string> = new Set(['defaults', 'nodefaults', 'conda-forge', 'main']);
/** No honest specification is longer. */
const LONGEST = 4096;

/** What a specification says. */
export interface Match {
  readonly name: string;
  readonly spec: string;
  readonly source: string | null;
}

/** The channels in their order, which decides; null when all of them are usual. */
export function channelsOf(channels: readonly string[]): string | null {
  return channels.every((channel) => USUAL_CHANNELS.has(channel)) ? null : channels.join(', ');
}

/** Reads `channel::name version build`, `name=1.0`, `name>=1,<2`, `name[version='>=1']` or an address; else null. */
export function matchOf(text: string): Match | null {
  if (text.length > LONGEST) return null;
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed)) return addressOf(trimmed);
  const colons = trimmed.lastIndexOf('::');
  const channel = colons === -1 ? null : trimmed.slice(0, colons);
  const rest = colons === -1 ? trimmed : trimmed.slice(colons + 2);
  const name = /^[A-Za-z0-9_.][\w.-]*/.exec(rest)?.[0];
  if (name === undefined) return null;
  const spec = rest
    .slice(name.length)
    .replace(/ ?([=<>!~,|]+) ?/g, '$1')
    .trim();
  if (!/^$|^[=<>!~[ \d*]/.test(spec)) return null;
  const [place = ''] = (channel ?? '').split('/', 1);
  const isUsual = channel === null || USUAL_CHANNELS.has(place);
  return {
    name: name.toLowerCase(),
    spec: channel === null ? spec : `${channel}::${spec}`,
    source: isUsual ? null : `the channel ${channel}`,
  };
}

/** `https://…/name-version-build.conda`. */
function addressOf(url: string): Match {
  const [bare = ''] = url.split(/[?#]/, 1);
  const [version, build] = [2, 1].map((count) => bare.split('-').at(-count));
  const file = bare.slice(bare.lastIndexOf('/') + 1);
  const name =
    version === undefined || build === undefined ? file : file.slice(0, -(version.length + build.length + 2));
  return { name: (name || file).toLowerCase(), spec: url, source: 'a URL' };
}
