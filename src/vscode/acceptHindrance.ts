/** Why a finding cannot be accepted: said wherever a person looks for the answer. Pure. */
import type { Finding } from '../core/drift/report';
import { offers } from '../core/review/answers';
import type { Translate } from './translate';

/** @returns the reason in one sentence; empty when it can be accepted */
export function acceptHindrance(finding: Pick<Finding, 'answers'>, t: Translate): string {
  return offers(finding, 'accept') ? '' : t('No reason makes it fine: it has to be taken out.');
}
