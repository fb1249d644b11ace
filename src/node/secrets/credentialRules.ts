/**
 * The rules of secretlint's recommended preset. Not the one that a comment in the text would switch off, and not Google's:
 * it opens the file at the path on the disk, which is none of ours.
 */
import { rules } from '@secretlint/secretlint-rule-preset-recommend';

const LEFT_OUT = '@secretlint/secretlint-rule-gcp';

export const SCANNERS = rules.filter(({ meta }) => meta.type === 'scanner' && meta.id !== LEFT_OUT);
