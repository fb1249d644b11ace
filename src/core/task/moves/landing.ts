/** The moves after a review: signed off, being landed, delivered. */
import type { EventOf } from '../../events';
import type { Task } from '../task';
import { type Move, refuse } from './move';

export function signed(task: Task, event: EventOf<'signed'>): Move {
  if (task.state !== 'ready') refuse(task, event);
  const { signoff } = event;
  const { turn, snapshot, verdict } = task;
  if (signoff.tree !== snapshot.tree || signoff.commit !== snapshot.commit) {
    refuse(task, event, `the sign-off names tree ${signoff.tree}, under review is ${snapshot.tree}`);
  }
  if (signoff.brief !== task.brief) refuse(task, event, 'the sign-off names another brief');
  return { status: { state: 'signed', turn, snapshot, verdict, signoff, landing: null, refUpdated: false } };
}

export function landed(
  task: Task,
  event: EventOf<'landing'> | EventOf<'ref-updated'> | EventOf<'landing-abandoned'>,
): Move {
  if (task.state !== 'signed') refuse(task, event);
  const { turn, snapshot, verdict, signoff, landing, refUpdated } = task;
  const status = { state: 'signed', turn, snapshot, verdict, signoff } as const;
  if (event.type === 'landing') {
    if (landing !== null) refuse(task, event, 'a landing is under way');
    return { status: { ...status, landing: event.landing, refUpdated: false } };
  }
  if (landing === null) refuse(task, event, 'no landing is under way');
  if (event.type === 'landing-abandoned') return { status: { ...status, landing: null, refUpdated: false } };
  if (refUpdated || event.ref !== landing.ref || event.new !== landing.new) {
    refuse(task, event, `the landing moves ${landing.ref} to ${landing.new}, once`);
  }
  return { status: { ...status, landing, refUpdated: true } };
}

/** Delivery ends the landing that was begun; the mode `none` delivers nothing and so has none. */
export function delivered(task: Task, event: EventOf<'delivered'>): Move {
  if (task.state !== 'signed') refuse(task, event);
  const { turn, snapshot, verdict, signoff, landing } = task;
  const { mode, ref, commit } = event;
  if ((landing?.mode ?? 'none') !== mode) refuse(task, event, `the landing's mode is ${landing?.mode ?? 'none'}`);
  if ((landing?.ref ?? null) !== ref || (landing?.new ?? null) !== commit) {
    refuse(task, event, 'it names another ref or commit than the landing');
  }
  return { status: { state: 'delivered', turn, snapshot, verdict, signoff, mode, ref, commit } };
}
