/** Text from terminals and agents as plain text. */
import { visibleText } from '../visible';

// CSI (ESC [ … final), OSC/DCS/SOS/PM/APC strings up to BEL or ST, and the short escapes of ECMA-48. A string that does
// not end on its line is not taken for one: it would swallow, and so hide, the lines that follow.
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\r\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;

/** The text without terminal escapes and with line feeds only; every other control is spelled out. */
export function plainText(text: string): string {
  return visibleText(text.replace(ESCAPES, '').replace(/\r\n?/g, '\n'));
}
