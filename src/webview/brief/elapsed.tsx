/** Time that goes by. */
import { useEffect, useState } from 'preact/hooks';
import { fill } from './fields';

/** Counts by itself: the editor does not send the time. */
export function Elapsed({ since, words }: { readonly since: number; readonly words: string | undefined }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const shown = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return <span>{fill(words, shown)}</span>;
}
