/** Areas of a code base where a mistake costs more than a bug, told by the words of a path. */

const AREAS: Readonly<Record<string, readonly string[]>> = {
  auth: [
    ...[
      'acl',
      'auth',
      'authn',
      'authz',
      'authentication',
      'authorization',
      'credential',
      'credentials',
      'jwt',
      'login',
    ],
    ...['logout', 'oauth', 'oauth2', 'oidc', 'password', 'passwords', 'permission', 'permissions', 'rbac', 'saml'],
    ...['session', 'sessions', 'signin', 'signup', 'sso'],
  ],
  billing: [
    ...['billing', 'invoice', 'invoices', 'invoicing', 'payment', 'payments', 'payout', 'payouts', 'paypal', 'pricing'],
    ...['refund', 'refunds', 'stripe', 'subscription', 'subscriptions'],
  ],
  security: [
    ...[
      'cors',
      'crypto',
      'cryptography',
      'csrf',
      'encryption',
      'sandbox',
      'sanitize',
      'sanitizer',
      'secret',
      'secrets',
    ],
    ...['security', 'vault'],
  ],
  migrations: ['migration', 'migrations'],
};

const AREA_OF_WORD = new Map(
  Object.entries(AREAS).flatMap(([area, words]) => words.map((word) => [word, area] as const)),
);

/** Most paths hold none of the words, not even inside another one: one look tells. */
const MAY_NAME_ONE = new RegExp(Object.values(AREAS).flat().join('|'), 'i');
const NONE: ReadonlySet<string> = new Set();

/** The areas that the words of a path or pattern name; `UserLogin.ts` holds the words user, login and ts. */
export function areasOf(path: string): ReadonlySet<string> {
  if (!MAY_NAME_ONE.test(path)) return NONE;
  const words = path
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const areas = words.map((word) => AREA_OF_WORD.get(word));
  return new Set(areas.filter((area) => area !== undefined));
}
