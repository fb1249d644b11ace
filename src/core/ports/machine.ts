/**
 * What the controller needs from the machine, one file a port, in the core's own words: strings, records and streams. The
 * adapters in `node/` implement these; the tests of the controller implement them again with scripts. Every method that can
 * take long takes an `AbortSignal`; every method throws only `CountersignError`. Here is what all of them share.
 */

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
