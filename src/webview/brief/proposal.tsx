/** What a planner proposes: taken line by line into the draft, or written as files. */
import { useState } from 'preact/hooks';
import { fill } from './fields';
import type { ShapeBrief, ShapeIntent, ShapeLine, ShapePage } from './shapeMessages';

interface ProposalProps {
  readonly proposal: NonNullable<ShapePage['proposal']>;
  readonly words: Readonly<Record<string, string>>;
  readonly want: (intent: ShapeIntent) => void;
}

export function Proposal({ proposal, words, want }: ProposalProps) {
  const { number, into, briefs, notes, dropped } = proposal;
  /** What a person ticked or unticked; the rest is as it came. */
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isTaken = ({ id, take, isThere }: ShapeLine) => !isThere && (ticks.get(id) ?? take);
  const taken = briefs.flatMap(({ lines }) => lines.filter(isTaken).map(({ id }) => id));
  const none = into === 'lines' && taken.length === 0;
  const act = () => {
    if (into === 'files') want({ do: 'write', proposal: number });
    else if (!none) want({ do: 'take', proposal: number, lines: taken });
  };
  return (
    <section aria-labelledby="shape-proposal">
      <h2 id="shape-proposal" tabIndex={-1}>
        {words.proposal}
      </h2>
      <p class="note">{proposal.head}</p>
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {briefs.map((brief, index) => (
        <Brief key={brief.file} {...{ brief, into, words }} name={fill(words.brief, index + 1)}>
          {(line) => (
            <Line
              line={line}
              into={into}
              isTaken={isTaken(line)}
              tick={(on) => setTicks(new Map([...ticks, [line.id, on]]))}
            />
          )}
        </Brief>
      ))}
      {dropped.length > 0 && (
        <details>
          <summary>{proposal.droppedWords}</summary>
          <ul>
            {dropped.map((one, index) => (
              <li key={`${index} ${one}`}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      <button type="button" class="primary" aria-disabled={none} title={none ? words.noLines : ''} onClick={act}>
        {fill(proposal.button, taken.length)}
      </button>
    </section>
  );
}

interface BriefProps {
  readonly brief: ShapeBrief;
  readonly into: 'lines' | 'files';
  readonly name: string;
  readonly words: Readonly<Record<string, string>>;
  readonly children: (line: ShapeLine) => preact.ComponentChild;
}

/** Lines under the name of what they would be. */
function Brief({ brief: { file, title, order, lines }, into, name, children }: BriefProps) {
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return (
    <fieldset class="field planned" aria-label={into === 'files' ? `${name}: ${title}` : undefined}>
      {into === 'files' && (
        <p>
          <b>{file}</b> {order !== '' && <span class="note">{order}</span>}
        </p>
      )}
      {kinds.map((kind) => (
        <div key={kind} class="kind">
          <p class="note">{kind}</p>
          <ul class="rows">
            {lines
              .filter((line) => line.kind === kind)
              .map((line) => (
                <li key={line.id}>{children(line)}</li>
              ))}
          </ul>
        </div>
      ))}
    </fieldset>
  );
}

interface LineProps {
  readonly line: ShapeLine;
  readonly into: 'lines' | 'files';
  readonly isTaken: boolean;
  readonly tick: (on: boolean) => void;
}

function Line({ line: { kind, text, why, note, isThere }, into, isTaken, tick }: LineProps) {
  const about = [note, why].filter((part) => part !== '');
  const said = (
    <span>
      {text}
      {about.map((part) => (
        <span class="note why" key={part}>
          {part}
        </span>
      ))}
    </span>
  );
  if (into === 'files') return said;
  return (
    <label class="tick">
      <input
        type="checkbox"
        aria-label={`${kind}: ${text}. ${about.join('. ')}`}
        checked={isTaken || isThere}
        disabled={isThere}
        onChange={({ currentTarget }) => tick(currentTarget.checked)}
      />
      {said}
    </label>
  );
}
