/**
 * Writes messages as the JSON that they are, and a coded error in place of an answer that is larger than the other side
 * takes: it would hang up on the sender, and all the other calls with it.
 */
import { type ContentTypeEncoder, ErrorCodes, Message } from 'vscode-jsonrpc/node';
import { CountersignError } from '../core/errors';

/** @param limit bytes of one message */
export function boundedAnswers(limit: number): ContentTypeEncoder {
  return {
    name: 'application/json',
    encode: async (message, { charset }) => {
      const bytes = Buffer.from(JSON.stringify(message), charset);
      if (bytes.length <= limit || !Message.isResponse(message)) return bytes;
      const what = `the answer is ${bytes.length} bytes long, and ${limit} is the most that one message holds`;
      const data = new CountersignError('REPLY_TOO_LARGE', what).toRecord();
      const error = { code: ErrorCodes.InternalError, message: data.message, data };
      return Buffer.from(JSON.stringify({ jsonrpc: message.jsonrpc, id: message.id, error }), charset);
    },
  };
}
