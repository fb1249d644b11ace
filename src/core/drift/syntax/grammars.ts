/**
 * The grammars, all of Lezer's: small, incremental, and tolerant of errors, so that half a file that does not parse still
 * shows the other half. Loaded with the first source file that a rule reads; built as a file of its own.
 */
import type { Parser } from '@lezer/common';
import { parser as cpp } from '@lezer/cpp';
import { parser as go } from '@lezer/go';
import { parser as java } from '@lezer/java';
import { parser as javascript } from '@lezer/javascript';
import { parser as php } from '@lezer/php';
import { parser as python } from '@lezer/python';
import { parser as rust } from '@lezer/rust';
import type { Language } from './language';

export const GRAMMARS: Partial<Readonly<Record<Language, Parser>>> = {
  javascript,
  jsx: javascript.configure({ dialect: 'jsx' }),
  typescript: javascript.configure({ dialect: 'ts' }),
  tsx: javascript.configure({ dialect: 'jsx ts' }),
  python,
  go,
  rust,
  java,
  php,
  cpp,
};
