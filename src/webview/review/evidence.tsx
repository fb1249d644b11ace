/** What proves the work, and what it does beside the brief. */

import { Badge, Section } from '../shared/parts';
import type { PageFinding, ReviewPage } from './messages';

interface Props {
  readonly page: ReviewPage;
}

export function Criteria({ page: { criteria, words } }: Props) {
  return (
    <Section title={words.criteria}>
      <ul class="plain">
        {criteria.map(({ mark, text, because }, index) => (
          <li key={`${index} ${text}`}>
            <Badge mark={mark} /> <span class="prose">{text}</span>
            <p class="note">{because}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Checks({ page: { checks, checksNote, words } }: Props) {
  return (
    <Section title={words.checks}>
      {checksNote !== '' && <p class="note">{checksNote}</p>}
      <ul class="plain">
        {checks.map(({ mark, name, command, details, output }) => (
          <li key={name}>
            <Badge mark={mark} /> <strong>{name}</strong> <code>{command}</code>
            {details !== '' && <p class="note">{details}</p>}
            {output !== '' && (
              <details>
                <summary>{words.output}</summary>
                <section aria-label={`${words.output}: ${name}`}>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
                  <pre tabIndex={0}>{output}</pre>
                </section>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Findings({ page: { findings, findingsNote, words } }: Props) {
  return (
    <Section title={words.drift}>
      {findingsNote !== '' && <p>{findingsNote}</p>}
      {findings.map(({ mark, findings: own, more }) => (
        <div key={mark.words}>
          <h3>
            <Badge mark={mark} />
          </h3>
          <ul class="plain">
            {own.map((finding) => (
              <FindingItem key={finding.rule} finding={finding} />
            ))}
          </ul>
          {more !== '' && <p class="note">{more}</p>}
        </div>
      ))}
    </Section>
  );
}

function FindingItem({ finding: { rule, place, message, evidence, answer } }: { readonly finding: PageFinding }) {
  return (
    <li>
      {place !== '' && <code>{place}</code>} <span class="prose">{message}</span>
      {evidence !== '' && (
        <p>
          <code>{evidence}</code>
        </p>
      )}
      <p class="note">{answer === '' ? rule : `${rule} · ${answer}`}</p>
    </li>
  );
}
