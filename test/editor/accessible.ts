/** Whether people who do not see, or see little, can use a webview's page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Frame } from 'playwright-core';

type Result = Awaited<ReturnType<AxeBuilder['analyze']>>['incomplete'][number];

/** What makes a page unusable for somebody; what is less is looked at by people. */
const GRAVE = new Set(['serious', 'critical']);

/**
 * Looks at a webview's page with the rules of axe.
 *
 * @param frame as `Window.frameOf` gives it
 * @throws when a rule of serious or critical impact is broken: says which, and where
 */
export async function expectAccessible(frame: Frame): Promise<void> {
  const outer = frame.parentFrame();
  if (outer === null) throw new Error('the frame is no webview');
  const { violations, incomplete } = await new AxeBuilder({ page: frame.page() })
    .include([`iframe[name="${outer.name()}"]`, '#active-frame', 'body'])
    // What passes need not be told node by node: that takes longer than to look at it.
    .options({ resultTypes: ['violations', 'incomplete'] })
    .analyze();
  const grave = [...violations.filter(({ impact }) => GRAVE.has(impact ?? '')), ...unseen(incomplete)];
  if (grave.length === 0) return;
  const lines = grave.flatMap(({ id, impact, help, nodes }) => [
    `${id} (${impact}): ${help}`,
    ...nodes.map(
      ({ html, failureSummary }) => `  ${html.slice(0, 200)}\n    ${failureSummary?.replaceAll('\n', '\n    ')}`,
    ),
  ]);
  throw new Error(lines.join('\n'));
}

/**
 * Text of the very colour that it stands on. Axe does not decide it (`equalRatio`: it may be hidden on purpose), but ours
 * is hidden in other ways.
 */
function unseen(incomplete: readonly Result[]): Result[] {
  return incomplete.flatMap((result) => {
    const nodes = result.nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio'));
    return nodes.length === 0 ? [] : [{ ...result, nodes }];
  });
}
