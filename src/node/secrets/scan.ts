/** Finds credentials in a text: by secretlint's rules, and by the forms of tokens that those do not know. */
import type { SecretLintRuleContext, SecretLintRuleReportDescriptor, SecretLintSourceCode } from '@secretlint/types';
import type { SecretMatch } from '../../core/drift/diff';
import { TOKEN_FORMS } from './tokenForms';

/** What a rule's id says of its finds: `@secretlint/secretlint-rule-aws`. */
const RULE_PREFIX = /^@secretlint\/secretlint-rule-/;
const KINDS: Readonly<Record<string, string>> = {
  aws: 'a key of Amazon Web Services',
  privatekey: 'a private key',
  npm: 'a token of npm',
  basicauth: 'a password in an address',
  slack: 'a token of Slack',
  sendgrid: 'a key of SendGrid',
  shopify: 'a token of Shopify',
  github: 'a token of GitHub',
  openai: 'a key of OpenAI',
  anthropic: 'a key of Anthropic',
  linear: 'a key of Linear',
  '1password': 'a token of 1Password',
  'database-connection-string': 'a password of a database',
};

/** Every credential in a text, in its order, each once. */
export async function scanSecrets(text: string): Promise<readonly SecretMatch[]> {
  const { SCANNERS } = await import('./credentialRules');
  const found: SecretMatch[] = TOKEN_FORMS.flatMap(({ kind, form }) =>
    [...text.matchAll(form)].map((match) => ({ kind, from: match.index, to: match.index + match[0].length })),
  );
  const source = sourceOf(text);
  for (const rule of SCANNERS) {
    const kind = KINDS[rule.meta.id.replace(RULE_PREFIX, '')] ?? 'a credential';
    const context = contextOf(({ range: [from, to] }) => found.push({ kind, from, to }));
    await rule.create(context, {}).file?.(source);
  }
  return withoutRepeats(found);
}

/** Two rules may know the same credential: the first by place wins. */
function withoutRepeats(found: readonly SecretMatch[]): readonly SecretMatch[] {
  let end = -1;
  return found
    .toSorted((one, other) => one.from - other.from || other.to - one.to)
    .filter(({ from, to }) => {
      if (from < end) return false;
      end = to;
      return true;
    });
}

/** What secretlint's core gives to a rule, as far as the preset's rules ask for it. */
function contextOf(report: (descriptor: SecretLintRuleReportDescriptor) => void): SecretLintRuleContext {
  return {
    sharedOptions: {},
    report,
    ignore: () => undefined,
    createTranslator: () => (messageId, data) => ({ message: String(messageId), messageId: String(messageId), data }),
  } as SecretLintRuleContext;
}

/** The name of a file says nothing to the rules that are left. */
function sourceOf(content: string): SecretLintSourceCode {
  const start = { line: 1, column: 0 };
  return {
    content,
    filePath: '',
    ext: '',
    contentType: 'text',
    hasBOM: false,
    indexToPosition: () => start,
    positionToIndex: () => 0,
    rangeToLocation: () => ({ start, end: start }),
    locationToRange: () => [0, 0],
  } as unknown as SecretLintSourceCode;
}
