/** What needs a decision, what changed since the last look, and what proves the work. */
import { Badge, Lines, Rows } from '../shared/parts';
import { CheckAnswers } from './checkAnswers';
import { Columns } from './columns';
import { usePage } from './context';
import { FindingAnswers } from './findingAnswers';
import { HistoryFolds } from './history';
import type { Evidence, PageCheck, Since, SinceItem } from './model';
import { OpinionAnswers, OpinionSaid } from './opinion';
import { Button, Fold, Part } from './parts';

export function DecideSection() {
  const { page, draft, go } = usePage();
  const { decide } = page;
  if (decide === null) return null;
  return (
    <Part name="decide" title={decide.title}>
      {decide.none !== '' && <p class="note">{decide.none}</p>}
      <ul class="plain">
        {decide.items.map(({ kind, id, mark, what, detail }) => {
          const finding = kind === 'finding' ? page.findings.items.find((own) => own.id === id) : undefined;
          const check = kind === 'check' ? page.evidence?.checks[Number(id)] : undefined;
          const answers = kind === 'finding' ? draft.accepted : draft.overridden;
          const opinion = kind === 'evidence' && id === 'review' ? page.evidence?.opinion : null;
          const answered = answers.some((answer) => answer.id === id);
          return (
            <li key={`${kind} ${id}`} class="decision" data-tone={mark.tone} data-answered={answered}>
              <p>
                <Badge mark={mark} /> <span>{what}</span> {detail !== '' && <span class="note">{detail}</span>}
              </p>
              {finding !== undefined && finding.why !== '' && <p class="note">{finding.why}</p>}
              {finding !== undefined && finding.about !== '' && (
                <>
                  <OpinionSaid finding={finding} />
                  {finding.evidence !== '' && <pre class="evidence">{finding.evidence}</pre>}
                </>
              )}
              {finding !== undefined && <FindingAnswers finding={finding} where="decide" />}
              {check !== undefined && <CheckAnswers check={check} where="decide" />}
              {opinion != null && <OpinionAnswers opinion={opinion} where="decide" />}
            </li>
          );
        })}
      </ul>
      {decide.more !== '' && (
        <p>
          <Button onPress={() => go('findings-open')}>{decide.more}</Button>
        </p>
      )}
    </Part>
  );
}

export function SinceSection({ since }: { readonly since: Since }) {
  const { words, send } = usePage();
  return (
    <Part
      name="since"
      title={words.since}
      aside={
        <label class="filter">
          {words.sinceTurn}{' '}
          <select
            value={since.turn ?? ''}
            onChange={({ currentTarget: { value } }) => send({ type: 'since', turn: Number(value) })}
          >
            {since.turns.map(({ turn, words: named }) => (
              <option key={turn} value={turn}>
                {named}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <p class="row">
        <span>{since.lead}</span>
        {since.opens && <Button onPress={() => send({ type: 'open-since' })}>{words.openSince}</Button>}
      </p>
      {since.groups.map(({ title, items, more }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul class="plain tight">
            {items.map((item, index) => (
              <SinceLine key={`${index} ${item.what}`} item={item} />
            ))}
          </ul>
          {more !== '' && <p class="note">{more}</p>}
        </div>
      ))}
    </Part>
  );
}

function SinceLine({ item: { mark, what, detail } }: { readonly item: SinceItem }) {
  return (
    <li>
      <Badge mark={mark} /> <span>{what}</span> {detail !== '' && <span class="note">{detail}</span>}
    </li>
  );
}

export function ChecksSection({ evidence: { checks, checksNote, receiptsNote } }: { readonly evidence: Evidence }) {
  const { words } = usePage();
  return (
    <Part name="checks" title={`${words.checks} (${checks.length})`}>
      {checksNote !== '' && <p class="note">{checksNote}</p>}
      <ul class="plain">
        {checks.map((check) => (
          <CheckItem key={check.index} check={check} />
        ))}
      </ul>
      {receiptsNote !== '' && <p class="note">{receiptsNote}</p>}
    </Part>
  );
}

function CheckItem({ check }: { readonly check: PageCheck }) {
  const { words } = usePage();
  const { mark, name, command, details, stale, failures, moreFailures, output } = check;
  return (
    <li class="check" id={`check-${check.index}`} tabIndex={-1}>
      <p>
        <Badge mark={mark} /> <strong>{name}</strong> <code>{command}</code>
      </p>
      {details !== '' && <p class="note">{details}</p>}
      {stale !== '' && <p class="stale">{stale}</p>}
      <Columns check={check} />
      <CheckAnswers check={check} where="checks" />
      {failures.length > 0 && <Failures check={check} />}
      {moreFailures !== '' && <p class="note">{moreFailures}</p>}
      {output !== '' && (
        <details>
          <summary>{words.output}</summary>
          <Scrolled text={output} label={`${words.output}: ${name}`} />
        </details>
      )}
    </li>
  );
}

function Failures({ check: { name, failures } }: { readonly check: PageCheck }) {
  const { words } = usePage();
  return (
    <ul class="plain failures" aria-label={`${words.failures}: ${name}`}>
      {failures.map((failure, index) => (
        <li key={`${index} ${failure.name}`}>
          <details open={index === 0}>
            <summary>
              <strong>{failure.name}</strong> {failure.place !== '' && <code>{failure.place}</code>}
            </summary>
            {failure.message !== '' && <p class="prose">{failure.message}</p>}
            {(failure.expected !== '' || failure.actual !== '') && (
              <dl class="versus">
                <dt>{words.expected}</dt>
                <dd>
                  <pre>{failure.expected}</pre>
                </dd>
                <dt>{words.actual}</dt>
                <dd>
                  <pre>{failure.actual}</pre>
                </dd>
              </dl>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}

/** What scrolls must be reachable by keyboard. */
function Scrolled({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

/** What is told about the task; the agent's own words come last, and are no evidence. */
export function Rest({ evidence }: { readonly evidence: Evidence }) {
  const { words, send } = usePage();
  return (
    <>
      {evidence.dependencies.length > 0 && (
        <Part name="dependencies" title={`${words.dependencies} (${evidence.dependencies.length})`}>
          <Rows rows={evidence.dependencies} />
          {evidence.dependenciesMore !== '' && <p class="note">{evidence.dependenciesMore}</p>}
        </Part>
      )}
      <HistoryFolds />
      <Fold name="brief" title={words.brief}>
        <p class="prose">{evidence.goal}</p>
        {evidence.nonGoals.length > 0 && (
          <>
            <h3>{words.nonGoals}</h3>
            <Lines items={evidence.nonGoals} />
          </>
        )}
        <Rows rows={evidence.brief} />
        <p class="row">
          <Button onPress={() => send({ type: 'open-brief' })}>{words.showBrief}</Button>
        </p>
      </Fold>
      <Fold name="about" title={words.about}>
        <Rows rows={evidence.about} />
        <p class="row">
          <Button onPress={() => send({ type: 'copy-packet' })}>{words.copyPacket}</Button>
          <Button onPress={() => send({ type: 'open-packet' })}>{words.openPacket}</Button>
          {evidence.hasTranscript && (
            <Button onPress={() => send({ type: 'open-transcript' })}>{words.openTranscript}</Button>
          )}
        </p>
      </Fold>
      {evidence.agentWords !== '' && (
        <Fold name="agent-words" title={words.agentWords}>
          <p class="note">{words.unverified}</p>
          <blockquote class="prose">{evidence.agentWords}</blockquote>
        </Fold>
      )}
    </>
  );
}
