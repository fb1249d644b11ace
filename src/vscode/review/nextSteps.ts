/** What a person can do about a task, with the exact words to type: decisions are taken on the command line for now. */
import type { Packet } from '../../core/review/packetSchema';
import { visible } from '../../core/visible';
import type { ReviewPage } from '../../webview/review/messages';
import type { Translate } from '../translate';

type Next = ReviewPage['next'];

/** @param cli the built command line that comes with the extension */
export function nextSteps(packet: Packet, cli: string, t: Translate): Next {
  const { lead, commands } = stepsOf(packet, t);
  const notes = decisionNotes(packet, t);
  if (commands.length > 0) {
    notes.push(t('Without "countersign" on your PATH, type instead of it: node "{0}"', visible(cli)));
  }
  return { lead, notes, commands };
}

function stepsOf(packet: Packet, t: Translate): Pick<Next, 'lead' | 'commands'> {
  const id = visible(packet.id);
  const asked = packet.decisions.find(({ kind }) => kind === 'permission');
  if (asked !== undefined) {
    return {
      lead: t('The agent waits for an answer. It is given on the command line for now:'),
      commands: [
        { label: t('Allow'), command: `countersign answer ${id} allow` },
        { label: t('Refuse'), command: `countersign answer ${id} refuse` },
      ],
    };
  }
  switch (packet.state) {
    case 'ready':
      return readySteps(packet, id, t);
    case 'signed':
      return {
        lead: t('It is signed off, and no branch was moved. Who signed may still deliver it:'),
        commands: [{ label: t('Deliver'), command: `countersign signoff ${id} --deliver merge` }],
      };
    case 'failed':
    case 'interrupted':
      return {
        lead: packet.error === null ? t('It was interrupted:') : visible(packet.error.fix),
        commands: [
          { label: t('Resume'), command: `countersign resume ${id}` },
          { label: t('Reject'), command: `countersign reject ${id} --reason REASON` },
        ],
      };
    case 'rejected':
      return {
        lead: t('It was rejected. Nothing is lost:'),
        commands: [{ label: t('Restore'), command: `countersign restore ${id}` }],
      };
    case 'delivered':
      return { lead: t('It is delivered. There is nothing left to do.'), commands: [] };
    default:
      return { lead: t('There is nothing to decide yet.'), commands: [] };
  }
}

function readySteps(packet: Packet, id: string, t: Translate): Pick<Next, 'lead' | 'commands'> {
  const correct = { label: t('Ask for a correction'), command: `countersign correct ${id} -m TEXT` };
  const reject = { label: t('Reject'), command: `countersign reject ${id} --reason REASON` };
  const others = packet.corrections.used < packet.corrections.allowed ? [correct, reject] : [reject];
  if (packet.decisions.some(({ answer }) => answer === null)) {
    return { lead: t('It cannot be signed off: evidence is missing or of another tree.'), commands: others };
  }
  return {
    lead: t(
      'Sign-off happens on the command line for now, by the named reviewer. This is the command for what you see here:',
    ),
    commands: [{ label: t('Sign off'), command: signoffCommand(packet) }, ...others],
  };
}

/** The sign-off of exactly the tree that the packet shows, with one answer for each open decision. */
export function signoffCommand({ id, snapshot, decisions }: Pick<Packet, 'id' | 'snapshot' | 'decisions'>): string {
  const tree = snapshot === null ? [] : [`--tree ${snapshot.tree}`];
  const answers = decisions.flatMap(({ answer }) => (answer === null ? [] : [visible(answer)]));
  return ['countersign signoff', visible(id), ...tree, ...answers].join(' ');
}

function decisionNotes({ decisions }: Packet, t: Translate): string[] {
  const open = decisions.map(({ what }) => visible(what));
  const answered = decisions.some(({ answer }) => answer !== null);
  return answered ? [...open, t('Replace each REASON by why it is fine; it becomes part of the record.')] : open;
}
