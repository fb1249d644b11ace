/** The two long lists: findings and files. */
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { Badge } from '../shared/parts';
import { focusItem, VirtualList } from '../shared/virtualList';
import { usePage } from './context';
import { aboutOf, FindingAnswers, IncludeBox } from './findingAnswers';
import type { PageFile, PageFinding, PageWords } from './model';
import { OpinionSaid } from './opinion';
import { filled } from './pageState';
import { Button, opening, Part, Tick } from './parts';
import { type Filter, filteredFindings, movedBy, type Ui, withKey } from './ui';

const FILTERS: readonly Filter[] = ['all', 'block', 'warn', 'info', 'open'];
const FINDING_HEIGHT = 64;
const FILE_HEIGHT = 34;

export function Findings() {
  const { words, page, draft, ui } = usePage();
  const all = page.findings.items;
  const shown = useMemo(() => filteredFindings(all, ui.filter, draft), [all, ui.filter, draft.accepted]);
  const note = page.evidence?.findingsNote ?? '';
  return (
    <Part
      name="findings"
      title={`${words.findings} (${all.length})`}
      aside={all.length > 0 && <FilterChoice all={all} />}
    >
      {note !== '' && <p>{note}</p>}
      {all.length > 0 && shown.length === 0 && <p class="note">{words.noneOfThese}</p>}
      {shown.length > 0 && <FindingList shown={shown} at={Math.min(ui.finding, shown.length - 1)} />}
      {shown.length > 0 && (
        <p class="note keys" aria-hidden="true">
          {words.findingKeys}
        </p>
      )}
    </Part>
  );
}

function FilterChoice({ all }: { readonly all: readonly PageFinding[] }) {
  const { words, draft, ui, arrange } = usePage();
  const names: Readonly<Record<Filter, string>> = {
    all: words.all,
    block: words.blocking,
    warn: words.warnings,
    info: words.information,
    open: words.unanswered,
  };
  return (
    <label class="filter">
      {words.filter}{' '}
      <select
        value={ui.filter}
        onChange={({ currentTarget: { value } }) => arrange({ filter: value as Filter, finding: 0 })}
      >
        {FILTERS.map((filter) => (
          <option key={filter} value={filter}>
            {names[filter]} ({filteredFindings(all, filter, draft).length})
          </option>
        ))}
      </select>
    </label>
  );
}

function FindingList({ shown, at }: { readonly shown: readonly PageFinding[]; readonly at: number }) {
  const { words, ui, arrange, send, draft, page } = usePage();
  const keyOf = useCallback((index: number) => shown[index]?.id ?? `${index}`, [shown]);
  const move = useMoves(at, shown.length, (finding) => arrange({ finding }));
  const accept = (list: EventTarget | null, finding: PageFinding) => {
    const expand = ({ expanded }: Ui) => ({ expanded: withKey(expanded, finding.id, true) });
    if (finding.acceptNot === '') {
      opening(`accept:${finding.id}`);
      arrange((last) => ({ ...expand(last), answering: withKey(last.answering, `list accept:${finding.id}`, true) }));
      return;
    }
    arrange(expand);
    // The button that cannot be pressed says why.
    const button = `li[data-index="${at}"] button[data-opens="accept"]`;
    requestAnimationFrame(() => {
      if (list instanceof HTMLElement) list.querySelector<HTMLElement>(button)?.focus();
    });
  };
  const act = (event: KeyboardEvent, finding: PageFinding) => {
    switch (event.key) {
      case 'o':
        if (finding.place !== '') send({ type: 'open-finding', id: finding.id, place: 0 });
        return true;
      case 'x':
        if (finding.asks) accept(event.currentTarget, finding);
        return true;
      case 'c':
        if (page.correction !== null) {
          send({ type: 'include', id: finding.id, on: !draft.included.includes(finding.id) });
        }
        return true;
      case 'Enter':
        arrange(({ expanded }) => ({ expanded: withKey(expanded, finding.id, !expanded.includes(finding.id)) }));
        return true;
      default:
        return false;
    }
  };
  return (
    <VirtualList
      count={shown.length}
      keyOf={keyOf}
      estimate={FINDING_HEIGHT}
      active={at}
      label={words.findings}
      onActive={(finding) => {
        if (finding !== ui.finding) arrange({ finding });
      }}
      onKeyDown={(event) => {
        const finding = shown[at];
        if (!isForList(event) || finding === undefined) return;
        if (move(event) || act(event, finding)) event.preventDefault();
      }}
      render={(index) => {
        const finding = shown[index];
        return finding === undefined ? null : <FindingItem finding={finding} />;
      }}
    />
  );
}

function FindingItem({ finding }: { readonly finding: PageFinding }) {
  const { words, draft, ui, arrange, page } = usePage();
  const open = ui.expanded.includes(finding.id);
  const answer = draft.accepted.find(({ id }) => id === finding.id);
  const about = aboutOf(finding);
  return (
    <div class="finding" data-tone={finding.mark.tone} data-answered={answer !== undefined}>
      <div class="finding-head">
        <Badge mark={finding.mark} />
        {finding.place !== '' && <code class="place">{finding.place}</code>}
        <span class="note">{finding.rule}</span>
        {answer !== undefined && !open && <span class="note">✓ {answeredWord(words, answer.widens)}</span>}
        <span class="finding-tools">
          {page.correction !== null && !open && <IncludeBox finding={finding} about={about} />}
          <button
            type="button"
            class="quiet"
            aria-expanded={open}
            aria-label={`${words.details}: ${about}`}
            onClick={() => arrange(({ expanded }) => ({ expanded: withKey(expanded, finding.id, !open) }))}
          >
            {open ? '▾' : '▸'} {words.details}
          </button>
        </span>
      </div>
      <p class="message">{finding.message}</p>
      {finding.why !== '' && <p class="note why">{finding.why}</p>}
      {finding.about !== '' && <OpinionSaid finding={finding} />}
      {open && (
        <>
          {finding.evidence !== '' && <pre class="evidence">{finding.evidence}</pre>}
          <FindingAnswers finding={finding} where="list" />
        </>
      )}
    </div>
  );
}

export function Files() {
  const { words, page, draft, ui, arrange, send } = usePage();
  const { items, list } = page.files;
  const viewed = useMemo(() => new Set(draft.viewed.list === list ? draft.viewed.files : []), [draft.viewed, list]);
  const at = Math.min(ui.file, Math.max(0, items.length - 1));
  const keyOf = useCallback((index: number) => `${index} ${items[index]?.path ?? ''}`, [items]);
  const move = useMoves(at, items.length, (file) => arrange({ file }));
  const note = page.evidence?.filesNote ?? '';
  const view = (index: number, on: boolean) => send({ type: 'view', list, index, on });
  return (
    <Part
      name="files"
      title={`${words.files} (${items.length})`}
      aside={
        items.length > 0 && (
          <span class="row">
            <span class="note">{filled(words.viewedOf, viewed.size, items.length)}</span>
            <Button onPress={() => send({ type: 'open-changes' })}>{words.openAll}</Button>
          </span>
        )
      }
    >
      {note !== '' && <p class="note">{note}</p>}
      {items.length > 0 && (
        <VirtualList
          count={items.length}
          keyOf={keyOf}
          estimate={FILE_HEIGHT}
          active={at}
          label={words.files}
          onActive={(file) => {
            if (file !== ui.file) arrange({ file });
          }}
          onKeyDown={(event) => {
            if (!isForList(event)) return;
            if (move(event)) event.preventDefault();
            else if (event.key === 'o' || event.key === 'Enter') send({ type: 'open-file', list, index: at });
            else if (event.key === 'v') view(at, !viewed.has(at));
          }}
          render={(index) => {
            const file = items[index];
            if (file === undefined) return null;
            return (
              <FileItem
                file={file}
                list={list}
                viewed={viewed.has(index)}
                onView={(on) => view(index, on)}
                onOpen={() => send({ type: 'open-file', list, index })}
              />
            );
          }}
        />
      )}
      {items.length > 0 && (
        <p class="note keys" aria-hidden="true">
          {words.fileKeys}
        </p>
      )}
    </Part>
  );
}

interface FileItemProps {
  readonly file: PageFile;
  readonly list: number;
  readonly viewed: boolean;
  readonly onView: (on: boolean) => void;
  readonly onOpen: () => void;
}

function FileItem({ file, list, viewed, onView, onOpen }: FileItemProps) {
  const { words } = usePage();
  return (
    <div class="file" data-viewed={viewed}>
      <Tick on={viewed} list={list} label={`${words.viewed}: ${file.path}`} onTick={onView} />
      <button type="button" class="link" onClick={onOpen} aria-label={`${words.openDiff}: ${file.path}`}>
        {file.path}
      </button>
      <span class="note">{file.what}</span>
      <span class="note size">{file.size}</span>
      {file.risk !== '' && (
        <span class="risk" data-tone={file.tone}>
          {file.risk}
        </span>
      )}
    </div>
  );
}

/** `Accepted`, of `Accepted: {0}`. */
function answeredWord({ widened, accepted }: PageWords, widens: boolean): string {
  return filled(widens ? widened : accepted, '').replace(/[:\s]+$/, '');
}

/** Keys are the list's only on an item itself, and never while something is typed or chosen inside it. */
function isForList(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('textarea, select') !== null) return false;
  return target.tagName === 'LI' || !['Enter', ' '].includes(event.key);
}

/** Moves by keys; the item that was moved to gets the focus once it is there. */
function useMoves(at: number, count: number, onMove: (to: number) => void): (event: KeyboardEvent) => boolean {
  const moved = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (moved.current === null) return;
    focusItem(moved.current, at);
    moved.current = null;
  }, [at]);
  return (event) => {
    const to = movedBy(event.key, at, count);
    if (to === null) return false;
    if (to !== at) {
      moved.current = event.currentTarget as HTMLElement;
      onMove(to);
    }
    return true;
  };
}
