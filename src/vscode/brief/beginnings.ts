/** What a person points at, as the beginning of a brief. Each throws what tells them why there is none. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { fail } from '../../core/errors';
import { packetSchema } from '../../core/review/packet';
import type { HostLink } from '../hostLink';
import type { Beginning } from './composer';
import { placeOf, requireEditor, selectedLines } from './places';
import { pickRoot } from './repositories';
import { fromDiagnostic, fromFailingCheck, fromIssue, fromSelection, fromTodo, todoOf } from './startingPoint';

/** Null: the person did not say which repository. */
type Begun = Promise<Beginning | null>;

/** More than an issue has; the rest of a larger clipboard is not looked at. */
const MOST_CLIPBOARD = 100_000;

export async function beginWithSelection(): Begun {
  const editor = requireEditor();
  const { first, last } = selectedLines(editor);
  const { root, place } = await placeOf(editor.document, first, last);
  const text = editor.selection.isEmpty ? '' : place.text;
  return { root, template: null, start: fromSelection({ ...place, text }) };
}

export async function beginWithTodo(): Begun {
  const editor = requireEditor();
  const line = selectedLines(editor).first;
  const remark = todoOf(editor.document.lineAt(line).text);
  if (remark === null) {
    return fail('USAGE', 'there is no TODO or FIXME in the line of the cursor', {
      fix: 'put the cursor into such a line',
    });
  }
  const last = Math.min(line + 10, editor.document.lineCount - 1);
  const { root, place } = await placeOf(editor.document, line, last);
  return { root, template: null, start: fromTodo({ ...place, last: place.first }, remark) };
}

/** How the quick fix names a diagnostic. */
const pointedSchema = z.object({
  message: z.string().check(z.maxLength(100_000)),
  source: z.string().check(z.maxLength(1_000)),
  first: z.int().check(z.gte(0)),
  last: z.int().check(z.gte(0)),
});

/** @param uri and `pointed` as the quick fix gives them; without them what is reported at the cursor */
export async function beginWithDiagnostic(uri: unknown, pointed: unknown): Begun {
  const parsed = pointedSchema.safeParse(pointed);
  if (uri instanceof vscode.Uri && parsed.success) {
    const document = await vscode.workspace.openTextDocument(uri);
    return diagnosed(document, parsed.data);
  }
  const { document, selection } = requireEditor();
  const found = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => range.start.line <= selection.active.line && range.end.line >= selection.active.line)
    .sort((one, other) => one.severity - other.severity)[0];
  if (found === undefined) {
    return fail('USAGE', 'nothing is reported at the cursor', { fix: 'put the cursor into a line with a problem' });
  }
  return diagnosed(document, pointAt(found));
}

function pointAt({ message, source, range }: vscode.Diagnostic): z.infer<typeof pointedSchema> {
  return { message, source: source ?? '', first: range.start.line, last: range.end.line };
}

async function diagnosed(
  document: vscode.TextDocument,
  { message, source, first, last }: z.infer<typeof pointedSchema>,
): Promise<Beginning> {
  const start = Math.min(first, document.lineCount - 1);
  const { root, place } = await placeOf(document, start, Math.min(Math.max(start, last), document.lineCount - 1));
  return { root, template: 'bugfix', start: fromDiagnostic(place, message, source) };
}

/** Throws USAGE when the task has no such check. */
export async function beginWithFailingCheck(link: HostLink, task: unknown, name: unknown): Begun {
  if (typeof task !== 'string' || typeof name !== 'string') {
    return fail('USAGE', 'no check was named', { fix: 'begin from the check of a task in its review' });
  }
  const parsed = packetSchema.safeParse(await link.request('task/show', { id: task }));
  const packet = parsed.success ? parsed.data : fail('RPC_INVALID', 'the host sent a packet that cannot be read');
  const check = packet.checks.find((one) => one.name === name);
  if (check === undefined) return fail('USAGE', `the task has no check \`${name}\``, { fix: 'choose one that it has' });
  const root = await pickRoot();
  if (root === null) return null;
  const failing = { task: packet.title, name, command: check.command, output: check.log?.tail ?? '' };
  return { root, template: 'bugfix', start: fromFailingCheck(failing) };
}

/** Throws USAGE when the clipboard has no text. */
export async function beginWithClipboard(): Begun {
  const text = (await vscode.env.clipboard.readText()).slice(0, MOST_CLIPBOARD);
  const start = fromIssue(text);
  if (start === null) {
    return fail('USAGE', 'the clipboard holds no text', { fix: 'copy the title and the text of an issue first' });
  }
  const root = await pickRoot();
  return root === null ? null : { root, template: null, start };
}
