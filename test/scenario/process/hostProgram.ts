/** A stand-in for the host: starts a confined command and stays, so that a scenario can kill it. Arguments: JSON. */
import type { Confinement } from '../../../src/node/process/confinement';
import { type ConfinedSpec, startConfined } from '../../../src/node/process/run';

const { confinement, spec } = JSON.parse(process.argv[2]!) as { confinement: Confinement; spec: ConfinedSpec };
void startConfined(confinement, spec).then((running) => {
  running.stdout.pipe(process.stdout);
  return running.exited;
});
