/** The page from top to bottom: verdict, goal, what is next, evidence, and the agent's own words last. */

import { Badge, Lines, Rows, Section } from '../shared/parts';
import { Checks, Criteria, Findings } from './evidence';
import type { Intent, ReviewPage } from './messages';

interface Props {
  readonly page: ReviewPage;
  readonly send: (intent: Intent) => void;
}

export function ReviewView({ page, send }: Props) {
  const { words } = page;
  return (
    <main>
      <Top page={page} send={send} />
      <Section title={words.goal}>
        <p class="prose">{page.goal}</p>
        {page.nonGoals.length > 0 && (
          <>
            <h3>{words.nonGoals}</h3>
            <Lines items={page.nonGoals} />
          </>
        )}
        <Rows rows={page.scope} />
      </Section>
      <Next page={page} send={send} />
      <Criteria page={page} />
      <Checks page={page} />
      <Findings page={page} />
      {page.dependencies.length > 0 && (
        <Section title={words.dependencies}>
          <Rows rows={page.dependencies} />
        </Section>
      )}
      <Section title={words.about}>
        <Rows rows={page.about} />
      </Section>
      {page.agentWords !== '' && (
        <Section title={words.agentWords}>
          <p class="note">{words.unverified}</p>
          <blockquote class="prose">{page.agentWords}</blockquote>
        </Section>
      )}
    </main>
  );
}

function Top({ page, send }: Props) {
  const { words } = page;
  return (
    <header>
      <h1>{page.title}</h1>
      <p class="verdict" data-tone={page.verdict.tone}>
        <Badge mark={page.verdict} />
      </p>
      <Lines items={page.reasons} />
      <Meter page={page} />
      <dl class="facts">
        {page.facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="actions">
        <button type="button" onClick={() => send({ type: 'open-packet' })}>
          {words.openPacket}
        </button>
        <button type="button" onClick={() => send({ type: 'copy-packet' })}>
          {words.copyPacket}
        </button>
        <button type="button" onClick={() => send({ type: 'open-transcript' })}>
          {words.openTranscript}
        </button>
        {page.canStop && (
          <button type="button" onClick={() => send({ type: 'stop' })}>
            {words.stop}
          </button>
        )}
      </p>
    </header>
  );
}

/** The numbers stand beside the bar: it only shows their proportion. */
function Meter({ page: { meter, words } }: { readonly page: ReviewPage }) {
  if (meter === null) return null;
  return (
    <div class="meter">
      <div class="bar" aria-hidden="true">
        <span data-part="inside" style={{ flexGrow: meter.inside }} />
        <span data-part="outside" style={{ flexGrow: meter.outside }} />
      </div>
      <p>
        {words.meter}: {meter.words}
      </p>
    </div>
  );
}

function Next({ page, send }: Props) {
  const { lead, notes, commands } = page.next;
  return (
    <Section title={page.words.next}>
      <p>{lead}</p>
      {commands.map(({ label, command }, index) => (
        <div class="command" key={label}>
          <span class="label">{label}</span>
          <code>{command}</code>
          <button
            type="button"
            aria-label={`${page.words.copy}: ${label}`}
            onClick={() => send({ type: 'copy-command', index })}
          >
            {page.words.copy}
          </button>
        </div>
      ))}
      <Lines items={notes} />
    </Section>
  );
}
