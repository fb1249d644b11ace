/**
 * Tokens that name themselves: each begins with letters that their issuer documents as its own, and has a fixed alphabet
 * and length, so that nothing else looks like one. What secretlint's preset knows is not repeated.
 */

export interface TokenForm {
  /** What it opens. */
  readonly kind: string;
  /** Global, and linear in the text: no part of it repeats what the next one may match. */
  readonly form: RegExp;
}

export const TOKEN_FORMS: readonly TokenForm[] = [
  { kind: 'a key of Amazon Web Services', form: /\b(?:AKIA|ASIA)(?!\w*EXAMPLE)[A-Z2-7]{16}\b/g },
  {
    kind: 'a key of a Google service account',
    form: /"private_key"\s*:\s*"-----BEGIN PRIVATE KEY-----\\n[\w+/=]{40}/g,
  },
  { kind: 'a token of an npm registry', form: /:_(?:authToken|auth|password)[ \t]*=[ \t]*"?(?!\$\{)[\w+/=-]{20,500}/g },
  { kind: 'a live key of Stripe', form: /\b[rs]k_live_[0-9A-Za-z]{24,247}\b/g },
  { kind: 'a token of GitLab', form: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[\w-]{20,100}/g },
  { kind: 'a key of a Google API', form: /\bAIza[\w-]{35}\b/g },
  { kind: 'a token of PyPI', form: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,1000}/g },
  { kind: 'a key of RubyGems', form: /\brubygems_[0-9a-f]{48}\b/g },
  { kind: 'a token of crates.io', form: /\bcio[0-9A-Za-z]{32}\b/g },
  { kind: 'a token of Docker Hub', form: /\bdckr_(?:pat|oat)_[\w-]{27,64}/g },
  { kind: 'a token of Hugging Face', form: /\bhf_[A-Za-z]{34}\b/g },
  { kind: 'a token of DigitalOcean', form: /\bdo[opr]_v1_[0-9a-f]{64}\b/g },
  { kind: 'a token of HashiCorp Vault', form: /\bhv[sbr]\.[\w-]{90,300}/g },
  { kind: 'a token of Databricks', form: /\bdapi[0-9a-f]{32}\b/g },
  { kind: 'a key of an Azure storage account', form: /\bAccountKey=[0-9A-Za-z+/]{86}==/g },
  { kind: 'a secret key of age', form: /\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\b/g },
];
