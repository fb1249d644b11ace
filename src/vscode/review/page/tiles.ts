/** The five numbers that a reviewer looks at first, each with where its evidence is. Pure. */
import type { Severity } from '../../../core/drift/report';
import { isAccepted } from '../../../core/review/criteria/words';
import type { Packet } from '../../../core/review/packetSchema';
import { findingsIn } from '../../../core/review/reviewer/opinions';
import { duration, shortOid } from '../../../core/review/words';
import { visible } from '../../../core/visible';
import type { Fact, Head, Target } from '../../../webview/review/model';
import type { Tone } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { sizeWords } from './files';
import { counted, countWords } from './marks';
import { opinionFact } from './opinion';
import { isAtWork } from './state';

export function tilesOf(packet: Packet, t: Translate): Head['tiles'] {
  return [
    { label: t('Scope'), facts: scopeFacts(packet, t) },
    { label: t('Criteria'), facts: criteriaFacts(packet, t) },
    { label: t('Validation'), facts: validationFacts(packet, t) },
    { label: t('Review'), facts: reviewFacts(packet, t) },
    { label: t('Size'), facts: sizeFacts(packet, t) },
  ];
}

const fact = (tone: Tone, words: string, to: Target): Fact => ({ tone, words, to });

function scopeFacts({ meter }: Packet, t: Translate): Fact[] {
  if (meter === null) return [fact('plain', t('not known yet'), 'decide')];
  const { inside, outside, boundary } = meter;
  return [
    fact('plain', counted(inside, t('{0} file in scope', inside), t('{0} files in scope', inside)), 'files'),
    fact(outside > 0 ? 'bad' : 'plain', t('{0} out of scope', outside), outside > 0 ? 'findings-block' : 'brief'),
    fact(boundary > 0 ? 'bad' : 'plain', t('{0} at a boundary', boundary), boundary > 0 ? 'findings-open' : 'brief'),
  ];
}

function criteriaFacts(packet: Packet, t: Translate): Fact[] {
  const { criteria } = packet;
  const proven = criteria.filter(({ proof }) => proof === 'proven').length;
  // A person's word answers what is not proven, and is not counted as a proof.
  const open = criteria.filter((criterion) => !isAccepted(criterion));
  const count = (proof: string) => open.filter((criterion) => criterion.proof === proof).length;
  const unproven = count('unproven');
  const review = count('review');
  const accepted = criteria.length - proven - unproven - review;
  return [
    fact(proven === criteria.length ? 'good' : 'plain', t('{0} of {1} proven', proven, criteria.length), 'criteria'),
    ...(accepted > 0 ? [fact('good', t('{0} accepted by a person', accepted), 'criteria')] : []),
    ...(unproven > 0 && !isAtWork(packet) ? [fact('bad', t('{0} without evidence', unproven), 'criteria')] : []),
    ...(review > 0 ? [fact('careful', t('{0} for your eyes', review), 'criteria')] : []),
  ];
}

function validationFacts(packet: Packet, t: Translate): Fact[] {
  const { checks, stale, snapshot, unchecked } = packet;
  if (checks.length === 0) {
    return [fact('careful', unchecked === null ? t('no check') : t('unchecked, on purpose'), 'checks')];
  }
  if (checks.every(({ tree }) => tree === null)) {
    return [isAtWork(packet) ? fact('plain', t('not run yet'), 'checks') : fact('bad', t('not run'), 'checks')];
  }
  const old = stale.includes('verification') || checks.some((check) => check.stale);
  const passed = checks.filter((check) => check.status === 'passed' && !check.stale).length;
  const ran = checks.filter(({ tree }) => tree !== null);
  const seconds = ran.reduce((sum, check) => sum + check.seconds, 0);
  const tests = countWords(totalOf(checks), t);
  const at = ran[0]?.tree ?? snapshot?.tree ?? null;
  const whole = passed === checks.length && !old;
  return [
    fact(whole ? 'good' : 'bad', checksWords(checks, passed, t), 'checks'),
    ...(tests === '' ? [] : [fact('plain', tests, 'checks')]),
    ...(ran.length === 0 || at === null
      ? []
      : [
          old
            ? fact('bad', t('stale: at tree {0}', shortOid(at)), 'checks')
            : fact('plain', t('{0} at tree {1}', duration(seconds), shortOid(at)), 'checks'),
        ]),
  ];
}

/** One check by its name; several by how many passed. */
function checksWords(checks: Packet['checks'], passed: number, t: Translate): string {
  const [only, ...others] = checks;
  if (only === undefined || others.length > 0) return t('{0} of {1} passed', passed, checks.length);
  return passed === 1 ? t('{0} passed', visible(only.name)) : t('{0} did not pass', visible(only.name));
}

function totalOf(checks: Packet['checks']): Pick<Packet['checks'][number], 'counts'> {
  const counts = checks.flatMap((check) => check.counts ?? []);
  if (counts.length === 0) return {};
  const sum = (of: 'total' | 'passed' | 'failed' | 'skipped') => counts.reduce((all, one) => all + one[of], 0);
  return { counts: { total: sum('total'), passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') } };
}

function reviewFacts(packet: Packet, t: Translate): Fact[] {
  const { drift } = packet;
  if (drift === null) return [fact('plain', t('not known yet'), 'decide')];
  const model = opinionFact(packet, t);
  const findings = findingsIn(packet);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [block, warn, info] = [count('block'), count('warn'), count('info')];
  if (block + warn + info === 0) return [fact('good', t('no finding'), 'findings'), model];
  return [
    fact(block > 0 ? 'bad' : 'plain', t('{0} blocking', block), 'findings-block'),
    fact(
      warn > 0 ? 'careful' : 'plain',
      counted(warn, t('{0} warning', warn), t('{0} warnings', warn)),
      'findings-warn',
    ),
    model,
  ];
}

function sizeFacts({ size, drift }: Packet, t: Translate): Fact[] {
  if (size === null) return [fact('plain', t('not known yet'), 'decide')];
  const added = drift?.dependencies.filter((change) => change.direct && change.from === null).length ?? 0;
  return [
    fact('plain', sizeWords(size, t), 'changes'),
    fact(
      added > 0 ? 'careful' : 'plain',
      counted(added, t('{0} new dependency', added), t('{0} new dependencies', added)),
      (drift?.dependencies.length ?? 0) > 0 ? 'dependencies' : 'files',
    ),
  ];
}
