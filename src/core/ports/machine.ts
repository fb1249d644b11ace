/**
 * What the controller needs from the machine, one file a port, in the core's own words: strings, records and streams. The
 * adapters in `node/` implement these; the tests of the controller implement them again with scripts. Every method that can
 * take long takes an `AbortSignal`; every method throws only `CountersignError`. Here is what all of them share.
 */

/** A process as the journal names it: a pid alone may be reused, with its start time it is not. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

export interface Clock {
  /** RFC 3339, for records only. */
  now(): string;
  /** Monotonic milliseconds, for every duration and limit. */
  monotonic(): number;
}

export type Progress = (message: string) => void;

export interface Closable {
  close(): Promise<void>;
}
