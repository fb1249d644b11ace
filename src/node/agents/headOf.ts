/**
 * The first `limit` characters of a text that an agent sent, as a string of their own: a plain slice would keep all of a
 * message of megabytes in memory for as long as its beginning is remembered.
 */
export function headOf(text: string, limit: number): string {
  return text.length <= limit ? text : Buffer.from(text.slice(0, limit), 'utf16le').toString('utf16le');
}
