/**
 * Open files that this process would hand to whatever it starts. Node opens everything with close-on-exec, and sets that
 * flag at its start on what it inherited, but only up to the first gap above descriptor 15; what a shell opened beyond
 * that (`exec 19</`) would reach a confined process, where no mount and no mode holds against it.
 */
import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** O_CLOEXEC as Linux shows it in the `flags:` of `/proc/PID/fdinfo`, in octal (proc_pid_fdinfo(5)). */
const CLOSE_ON_EXEC = 0o2000000;
/** Below it are standard input, output and error: those of a child are chosen where it is started. */
const FIRST_OTHER = 3;

/** Closes them for good. Whatever is open without close-on-exec was inherited, and is nobody's here. Elsewhere than on Linux: nothing. */
export function closeInheritable(): void {
  if (process.platform !== 'linux') return;
  for (const descriptor of readdirSync('/proc/self/fd').map(Number)) {
    if (descriptor >= FIRST_OTHER && isInheritable(descriptor)) closeSync(descriptor);
  }
}

function isInheritable(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'));
    return flags !== null && (Number.parseInt(flags[1]!, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false; // Closed meanwhile, as the one is by which the list was read.
  }
}
