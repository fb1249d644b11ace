/** How the pure parts get their words in the user's language: `vscode.l10n.t` fits. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
