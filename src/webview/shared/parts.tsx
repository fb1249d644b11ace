/** The few shapes that pages are made of. Outside text only ever becomes a text node. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon';
import type { Mark, Row } from './shapes';

/** The letter stands for the sign: fonts draw that in many ways. */
const INFORMATION = 'i';

export function Section({
  title,
  children,
}: {
  readonly title: string | undefined;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A symbol for the eye and words for everybody. */
export function Badge({ mark: { tone, symbol, words } }: { readonly mark: Mark }) {
  return (
    <span class="badge" data-tone={tone}>
      <span class="symbol" aria-hidden="true">
        {symbol === INFORMATION ? <Icon name="info" /> : symbol}
      </span>{' '}
      {words}
    </span>
  );
}

export function Lines({ items }: { readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <ul class="prose">
      {items.map((item, index) => (
        <li key={`${index} ${item}`}>{item}</li>
      ))}
    </ul>
  );
}

export function Rows({ rows }: { readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <dl class="rows">
      {rows.map(({ label, value }, index) => (
        <div key={`${index} ${label}`}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
