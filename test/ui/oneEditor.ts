/**
 * One editor for the files of tests that follow each other: starting one, with its first window, takes longer than most
 * tests. Whoever tests what a start decides starts an editor of their own.
 */
import { Editor } from '../editor/editor';
import { writeSettings } from '../editor/places';
import { VSIX } from './vsix';

let kept: Editor | null = null;

/**
 * An editor in which nobody did anything yet; it is to be given back.
 *
 * @param settings user settings, beside those that keep the window quiet
 */
export async function takeEditor(settings: Readonly<Record<string, unknown>> = {}): Promise<Editor> {
  kept ??= await Editor.start({ vsix: VSIX });
  writeSettings(kept.places.folder, settings);
  return kept;
}

/**
 * Leaves the editor to the next file.
 *
 * @throws when a process had to be killed: that is a fault of whoever started it
 */
export async function giveEditorBack(): Promise<void> {
  try {
    await kept?.renew();
  } catch (error) {
    // Nobody is to suffer from what somebody else broke.
    await endEditor();
    throw error;
  }
}

/** Ends it, where one was started. */
export async function endEditor(): Promise<void> {
  const ended = kept;
  kept = null;
  await ended?.end();
}
