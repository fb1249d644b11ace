/** What every kind of node of the tree looks like, as data: the tree makes its items of it, and shows anew what changed. */
import type { TaskSummary } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import { contextOf } from './abilities';
import { CLOSED_GROUPS, type Group } from './groups';
import { type Icon, labelOf } from './labels';
import { groupWords } from './words';

/** What a node is about. */
export type Matter =
  | {
      readonly kind: 'repository';
      readonly name: string;
      readonly root: string;
      readonly count: number;
      /** Another one that is shown has the same name. */
      readonly twin: boolean;
    }
  | { readonly kind: 'group'; readonly group: Group; readonly count: number }
  | { readonly kind: 'task'; readonly task: TaskSummary }
  | { readonly kind: 'question'; readonly task: TaskSummary; readonly what: string; readonly boundary: string | null }
  /** Stands for the tasks of a group that are not shown yet; `shelf` is the key of that group's node. */
  | { readonly kind: 'more'; readonly shelf: string; readonly hidden: number }
  /** What to do about a list that could not be had. */
  | { readonly kind: 'remedy'; readonly remedy: 'refresh' | 'showLog' };

export interface Face {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Icon | null;
  readonly spoken: string;
  /** Words for the menus' `viewItem`. */
  readonly context: string;
  readonly opens: 'open' | 'closed' | 'leaf';
  /** What a click does; null opens and closes. */
  readonly click: { readonly command: string; readonly title: string; readonly argument: string } | null;
}

/** @param now milliseconds since the epoch */
export function faceOf(matter: Matter, now: number, t: Translate): Face {
  switch (matter.kind) {
    case 'repository': {
      const root = visible(matter.root);
      const face = shelf(visible(matter.name), matter.count, 'open', root, t);
      if (!matter.twin) return face;
      return { ...face, description: `${face.description} · ${root}`, spoken: `${face.spoken}, ${root}` };
    }
    case 'group': {
      const label = groupWords(matter.group, t);
      return shelf(label, matter.count, CLOSED_GROUPS.has(matter.group) ? 'closed' : 'open', label, t);
    }
    case 'task':
      return taskFace(matter.task, now, t);
    case 'question':
      return questionFace(matter, t);
    case 'more': {
      const label = t('Show More');
      const hidden = t('{0} not shown', matter.hidden);
      return {
        label,
        description: hidden,
        tooltip: hidden,
        icon: { id: 'ellipsis' },
        spoken: `${label}, ${hidden}`,
        context: 'more',
        opens: 'leaf',
        click: { command: 'countersign.showMore', title: label, argument: matter.shelf },
      };
    }
    case 'remedy':
      return remedyFace(matter.remedy, t);
  }
}

function shelf(label: string, count: number, opens: 'open' | 'closed', tooltip: string, t: Translate): Face {
  const spoken = t('{0}, tasks: {1}', label, count);
  return { label, description: `${count}`, tooltip, icon: null, spoken, context: 'group', opens, click: null };
}

function remedyFace(remedy: Extract<Matter, { kind: 'remedy' }>['remedy'], t: Translate): Face {
  const again = remedy === 'refresh';
  const label = again ? t('Try Again') : t('Show Log');
  return {
    ...{ label, description: '', tooltip: label, spoken: label, context: 'remedy', opens: 'leaf' },
    icon: { id: again ? 'refresh' : 'output' },
    click: { command: `countersign.${remedy}`, title: label, argument: '' },
  };
}

function taskFace(task: TaskSummary, now: number, t: Translate): Face {
  const { label, description, tooltip, icon, spoken } = labelOf(task, now, false, t);
  return {
    label,
    description,
    tooltip,
    icon,
    spoken,
    context: contextOf(task),
    opens: task.question === null ? 'leaf' : 'open',
    click: { command: 'countersign.openReview', title: t('Open Review'), argument: task.id },
  };
}

function questionFace({ task, what, boundary }: Extract<Matter, { kind: 'question' }>, t: Translate): Face {
  const label = visible(what);
  const wanted = boundary === null ? '' : t('needs your leave: {0}', visible(boundary));
  return {
    label,
    description: wanted,
    tooltip: [label, wanted, t('Choose it to allow or refuse.')].filter((line) => line !== '').join('\n'),
    icon: { id: 'comment-unresolved' },
    spoken: [t('Question: {0}', label), wanted].filter((part) => part !== '').join(', '),
    context: 'question',
    opens: 'leaf',
    click: { command: 'countersign.answer', title: t('Answer'), argument: task.id },
  };
}
