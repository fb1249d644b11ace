/** Texts that an agent, a repository or a check would write to run, load, link or disguise something on the screen. */

/** Markup, links, icons, images and addresses that somebody might obey. Of one line, without a control character. */
export const OBEYED = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(2)</script>',
  '[click](command:workbench.action.terminal.new)',
  '![i](https://evil.example/i.png)',
  'https://evil.example/',
  'vscode://evil.example/run',
  '$(flame)',
].join(' ');

/** Reorders and hides what stands around it. */
export const DISGUISE = 'safe\u202egnp.exe ad\u200bmin';
/** What a person must see instead. */
export const DISGUISE_SHOWN = 'safe\\u{202e}gnp.exe ad\\u{200b}min';
export const TERMINAL = '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007';

/** No text that reached the screen may hold one of these. */
export const OBEYED_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

/** Git allows a name of 255 bytes, and a path as long as the machine takes: this is some three thousand bytes. */
const LONG = `src/${Array.from({ length: 12 }, (_, at) => `${at}`.padEnd(240, 'long-')).join('/')}/end.txt`;

/** Files of the work, by what is hostile about their name. */
export const NAMES = {
  markup: 'src/<img src=x onerror=alert(1)>.txt',
  link: 'src/[click](command:workbench.action.terminal.new).md',
  icon: 'src/$(flame).txt',
  disguise: 'src/safe\u202egnp.exe',
  scripts: 'src/日本語 עברית ไทย\n\u001b[31m.txt',
  outside: 'other/[click](command:workbench.action.terminal.new) $(flame).md',
  binary: 'src/binary.dat',
  long: LONG,
} as const;

/** JSON in ASCII: a brief carries it to the agent, and nothing on the way has to be changed to be shown. */
export function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
