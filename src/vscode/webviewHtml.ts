/** The frame of a webview page: a strict policy, one style sheet, one script, and nothing of a task's own text. */

export interface PageFrame {
  readonly script: string;
  readonly style: string;
  /** What the webview's own resources are served from. */
  readonly source: string;
  readonly nonce: string;
  readonly title: string;
  /** What the page is about, as `data-…` attributes of its body: ids, never texts. */
  readonly data: Readonly<Record<string, string>>;
}

export function webviewHtml({ script, style, source, nonce, title, data }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    // The icons are a font.
    `font-src ${source}`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${attribute(value)}"`);
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body${attributes.join('')}>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
