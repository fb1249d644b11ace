/** The commands about tasks, each a few words to the part that knows how. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/task/summary';
import type { Reporting } from '../reporting';
import type { TaskDocuments } from '../taskDocuments';
import { ABILITIES, type Ability } from './abilities';
import type { ActionSurroundings } from './actions/surroundings';
import { pickTask, pickTasks } from './pickTask';
import type { TaskTree } from './taskTree';

/** What is loaded with the first command. */
type Actions = typeof import('../late/taskActions');

export interface TaskSurfaces extends ActionSurroundings {
  readonly tree: TaskTree;
  readonly packets: TaskDocuments;
  readonly transcripts: TaskDocuments;
  readonly briefs: TaskDocuments;
}

const any = (): boolean => true;

export function registerTaskCommands(surfaces: TaskSurfaces, reporting: Reporting): vscode.Disposable {
  const { list, tree } = surfaces;
  const actions = (): Promise<Actions> => import('../late/taskActions');
  const fitting = (ability: Ability | null) => (ability === null ? any : ABILITIES[ability]);
  /** A command about one task, whether it was called on it or from the palette. */
  const about = (name: string, ability: Ability | null, act: (id: string, actions: Actions) => Promise<unknown>) =>
    reporting.command(name, async (called) => {
      const task = await pickTask(called, list, fitting(ability));
      if (task !== null) await act(task.id, await actions());
    });
  /** The same about all that are selected. */
  const aboutAll = (
    name: string,
    ability: Ability | null,
    act: (ids: readonly string[], actions: Actions) => Promise<unknown>,
  ) =>
    reporting.command(name, async (called, chosen) => {
      const ids = await pickTasks(called, chosen, list, fitting(ability));
      if (ids.length > 0) await act(ids, await actions());
    });
  const fact = (name: string, of: (task: TaskSummary) => string) =>
    aboutAll(name, null, (ids, { copyFact }) => copyFact(ids, of, surfaces));
  return vscode.Disposable.from(
    about('countersign.showPacket', null, (id) => surfaces.packets.show(id)),
    about('countersign.showTranscript', 'transcript', (id) => surfaces.transcripts.show(id)),
    about('countersign.showTaskBrief', null, (id) => surfaces.briefs.show(id)),
    about('countersign.openCheckout', 'checkout', (id, { openCheckout }) => openCheckout(id, surfaces)),
    about('countersign.answer', 'answer', (id, { answer }) => answer(id, surfaces)),
    about('countersign.refuse', 'answer', (id, { refuse }) => refuse(id, surfaces)),
    aboutAll('countersign.stop', 'stop', (ids, { stop }) => stop(ids, surfaces)),
    aboutAll('countersign.resume', 'resume', (ids, { resume }) => resume(ids, false, surfaces)),
    aboutAll('countersign.resumeAsItStands', 'resumeAsItStands', (ids, { resume }) => resume(ids, true, surfaces)),
    about('countersign.askForReview', 'review', (id, { askForReview }) => askForReview(id, surfaces)),
    about('countersign.takeOver', 'takeOver', (id, { takeOver }) => takeOver(id, surfaces)),
    about('countersign.split', 'takeOver', (id, { split }) => split(id, surfaces)),
    about('countersign.handIn', 'handIn', (id, { handIn }) => handIn(id, surfaces)),
    about('countersign.giveUp', 'handIn', (id, { giveUp }) => giveUp(id, surfaces)),
    about('countersign.rejectTask', 'reject', (id, { reject }) => reject(id, surfaces)),
    aboutAll('countersign.restore', 'restore', (ids, { restore }) => restore(ids, surfaces)),
    aboutAll('countersign.archive', 'archive', (ids, { archive }) => archive(ids, true, surfaces)),
    aboutAll('countersign.unarchive', 'unarchive', (ids, { archive }) => archive(ids, false, surfaces)),
    aboutAll('countersign.delete', 'delete', (ids, { remove }) => remove(ids, surfaces)),
    aboutAll('countersign.copyMarkdown', null, (ids, { copyMarkdown }) => copyMarkdown(ids, surfaces)),
    fact('countersign.copyId', ({ id }) => id),
    fact('countersign.copyBranch', ({ branch }) => branch),
    reporting.command('countersign.showMore', async (called) => {
      if (typeof called === 'string') tree.showMore(called);
    }),
    reporting.command('countersign.showAgents', async () => (await actions()).showAgents(surfaces)),
  );
}
