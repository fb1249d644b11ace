/** The frame of the review page: a strict policy, one style sheet, one script, and nothing of a task's own text. */

export interface PageFrame {
  readonly script: string;
  readonly style: string;
  /** What the webview's own resources are served from. */
  readonly source: string;
  readonly nonce: string;
  readonly title: string;
  readonly task: string;
}

export function reviewHtml({ script, style, source, nonce, title, task }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body data-task="${attribute(task)}">
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
