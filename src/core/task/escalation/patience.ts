/** Waiting for what may take longer than the caller waits. */

/**
 * The answer, or `late` when it is not there in time: what it waits for goes on. Clients of the Model Context Protocol give
 * a call one minute unless they are told otherwise (its TypeScript SDK, `DEFAULT_REQUEST_TIMEOUT_MSEC`).
 */
export async function patiently<T>(answer: Promise<T>, milliseconds: number, late: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([answer, waited]);
  } finally {
    clearTimeout(timer);
  }
}
