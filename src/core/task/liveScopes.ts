/** What the tasks that are not finished may change: a new brief whose scope overlaps one of these deserves a warning. */
import { parseBrief } from '../brief/parse';
import type { ReadinessFacts } from '../brief/readiness';
import type { TaskRecords } from '../ports/records';
import { RESTING_STATES } from './task';

type LiveTask = ReadinessFacts['liveTasks'][number];

export class LiveScopes {
  readonly #records: Pick<TaskRecords, 'live' | 'brief'>;
  /** By task. A brief never changes after its hand-off, so each is read once. */
  readonly #change = new Map<string, readonly string[]>();

  constructor(records: Pick<TaskRecords, 'live' | 'brief'>) {
    this.#records = records;
  }

  /** Those of one repository, oldest first. A task whose brief cannot be read is left out: this is for warnings only. */
  async of(repository: string): Promise<LiveTask[]> {
    const live = (await this.#records.live()).filter(({ state }) => !RESTING_STATES.has(state));
    for (const id of this.#change.keys()) if (!live.some((task) => task.id === id)) this.#change.delete(id);
    const scopes = live
      .filter((task) => task.repository.id === repository)
      .map(async ({ id, title }): Promise<LiveTask[]> => {
        const change = await this.#changeOf(id).catch(() => null);
        return change === null ? [] : [{ id, title, change }];
      });
    return (await Promise.all(scopes)).flat();
  }

  async #changeOf(id: string): Promise<readonly string[]> {
    const known = this.#change.get(id);
    if (known !== undefined) return known;
    const { front } = parseBrief(await this.#records.brief(id), 'brief.md');
    this.#change.set(id, front.scope.change);
    return front.scope.change;
  }
}
