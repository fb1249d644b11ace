/**
 * From a ready task to a pull request: sign-off to a branch of its own, push, and the request with the packet as its
 * body. Everything that could refuse is asked before anything changes, and each step that was done stays done.
 */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { renderPacket } from '../../core/review/markdown';
import type { Packet } from '../../core/review/packetSchema';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { shortRef } from '../../core/signoff/delivery';
import { visible } from '../../core/visible';
import type { FindingAnswers } from '../diff/findingAnswers';
import type { HostLink } from '../hostLink';
import { plainNotice } from '../problem';
import type { TaskRecords } from '../taskRecords';
import { confirmed } from './confirmation';
import { type Destination, destinationOf } from './destination';
import { pushBranch } from './gitExtension';
import { openPullRequest } from './github';
import { apiOf, comparePage, pageOf, type Remote } from './remote';
import {
  bodyOf,
  branchOf,
  type Outset,
  outsetOf,
  type PullRequest,
  requireShown,
  standing,
  titleOf,
  unanswered,
} from './request';

export interface PullRequestSurroundings {
  readonly link: HostLink;
  readonly records: TaskRecords;
  readonly answers: FindingAnswers;
}

/** What a person chose in the review; null where they did not say. */
export interface Chosen {
  /** The tree that they saw; null = the one under review now, which the question names. */
  readonly tree: string | null;
  /** The branch to make; null = the task's own. */
  readonly to: string | null;
}

/**
 * @throws TASK_STATE, SIGNOFF_*, LANDING_*, GIT_FAILED, and what the host throws; a person who goes back changes nothing
 */
export async function createPullRequest(
  around: PullRequestSurroundings,
  task: string,
  { tree, to }: Chosen,
): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    fail('CONFIG_INVALID', 'a sign-off needs a trusted workspace', { fix: 'trust the workspace first' });
  }
  const packet = await around.records.packet(task);
  requireShown(packet, tree);
  const outset = outsetOf(packet);
  await allowed(around, packet, { outset, to });
  const destination = await destinationOf(around.link, packet);
  if (destination === null) return;
  const branch = branchOf(packet, to);
  if (!(await confirmed(packet, outset, { ...destination, branch }))) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Pull request'), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const ticking = tick(progress);
      try {
        await go(around, { packet, outset, to, destination }, ticking.say, abort.signal);
      } catch (thrown) {
        if (!abort.signal.aborted) throw thrown;
        vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: stopped; what was done stays'), 5_000);
      } finally {
        ticking.stop();
      }
    },
  );
}

interface Journey {
  readonly packet: Packet;
  readonly outset: Outset;
  readonly to: string | null;
  readonly destination: Destination;
}

async function go(
  around: PullRequestSurroundings,
  { packet, outset, to, destination }: Journey,
  say: (words: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (outset !== 'push') {
    say(vscode.l10n.t('signing off'));
    const given = outset === 'sign' ? answersTo(packet, around.answers) : { accept: {}, widen: {}, override: {} };
    const tree = packet.snapshot === null ? {} : { tree: packet.snapshot.tree };
    const delivery = { deliver: 'branch', ...(to === null ? {} : { to }) } as const;
    await around.link.request('task/signoff', { id: packet.id, ...tree, ...given, ...delivery });
    signal.throwIfAborted();
  }
  const delivered = await around.records.packet(packet.id);
  const { ref, commit } = delivered.delivery ?? { ref: null, commit: null };
  if (ref === null || commit === null) return fail('TASK_STATE', `task ${visible(packet.id)} made no branch`);
  say(vscode.l10n.t('pushing {0}', shortRef(ref)));
  await pushBranch(destination.repository, destination.remote, { commit, ref });
  signal.throwIfAborted();
  say(vscode.l10n.t('opening the pull request'));
  const request = {
    title: titleOf(delivered),
    head: shortRef(ref),
    base: destination.base,
    body: bodyOf(renderPacket(delivered)),
  };
  await open(destination, request, signal);
}

/** Opens it where the person is signed in; else hands the body and the page over. Not awaited: a notice may stay. */
async function open({ web, forge }: Destination, request: PullRequest, signal: AbortSignal): Promise<void> {
  if (web === null) return handOver(null, request, vscode.l10n.t('The remote is of no forge that is known here.'));
  const page = comparePage(web, forge, request);
  if (forge !== 'github') return handOver(page, request, vscode.l10n.t('{0} is not GitHub.', web.host));
  const token = await githubToken(web);
  if (token === null) return handOver(page, request, vscode.l10n.t('You are not signed in to {0}.', web.host));
  const opened = await openPullRequest({ api: apiOf(web), token }, web, request, signal);
  if (opened.kind === 'refused') {
    return handOver(page, request, vscode.l10n.t('{0} refused: {1}.', web.host, opened.why));
  }
  const url = `${pageOf(web)}/pull/${opened.number}`;
  const words =
    opened.kind === 'opened'
      ? vscode.l10n.t('Pull request #{0} is open: {1}', opened.number, url)
      : vscode.l10n.t('There is a pull request of this branch already, now with what was pushed: {0}', url);
  offer(words, url, vscode.l10n.t('Open Pull Request'));
}

/** Null when nobody signs in. Asked on this action only; a session that stands is taken without a question. */
async function githubToken({ host }: Remote): Promise<string | null> {
  const provider = host === 'github.com' ? 'github' : 'github-enterprise';
  try {
    return (await vscode.authentication.getSession(provider, ['repo'], { createIfNone: true })).accessToken;
  } catch {
    return null;
  }
}

async function handOver(page: string | null, request: PullRequest, why: string): Promise<void> {
  await vscode.env.clipboard.writeText(request.body);
  const pushed = vscode.l10n.t(
    '{0} The branch {1} is pushed, and the packet is copied as the body.',
    why,
    request.head,
  );
  const where = page === null ? vscode.l10n.t('Open the pull request on your forge.') : page;
  offer(`${pushed} ${where}`, page, vscode.l10n.t('Open Page'));
}

/** Nothing opens by itself: a page only when the person says so. */
function offer(words: string, url: string | null, button: string): void {
  const buttons = url === null ? [] : [button, vscode.l10n.t('Copy Link')];
  vscode.window.showInformationMessage(plainNotice(words), ...buttons).then(async (chosen) => {
    if (url === null || chosen === undefined) return;
    // As a text it stays as it is encoded.
    if (chosen === button) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    else await vscode.env.clipboard.writeText(url);
  });
}

/** The answers that hold for what is under review: others are no part of the record. */
function answersTo(packet: Packet, answers: FindingAnswers) {
  return standing(packet, answers.reasons(packet.id, packet.snapshot?.tree ?? '', findingsIn(packet)));
}

/** @throws SIGNOFF_REFUSED, or what the host says stands against it */
async function allowed(
  { link, answers }: PullRequestSurroundings,
  packet: Packet,
  { outset, to }: Pick<Journey, 'outset' | 'to'>,
): Promise<void> {
  if (outset === 'push') return;
  const open = outset === 'sign' ? unanswered(packet, answersTo(packet, answers)) : [];
  if (open.length > 0) {
    fail('SIGNOFF_REFUSED', `${open.length} decisions are open: ${open.slice(0, 3).join('; ')}`, {
      fix: 'answer them in the review first',
    });
  }
  const { refusal } = await link.request('task/preview-signoff', {
    id: packet.id,
    deliver: 'branch',
    ...(to === null ? {} : { to }),
  });
  if (refusal !== null) throw Object.assign(new Error(refusal.message), { code: refusal.code, fix: refusal.fix });
}

/** Says what is under way, and since how long. */
function tick(progress: vscode.Progress<{ message: string }>) {
  const begun = performance.now();
  let words = '';
  const show = () => {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    progress.report({ message: seconds < 2 ? words : vscode.l10n.t('{0} ({1} s)', words, seconds) });
  };
  const timer = setInterval(show, 1_000);
  return {
    say: (now: string) => {
      words = now;
      show();
    },
    stop: () => clearInterval(timer),
  };
}
