/** The spec reporter, and the suite's count at its end. */
import Mocha from 'mocha';
import { tellTally } from './tally';

export class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      tellTally({ passed: passes, failed: failures, skipped: pending });
    });
  }
}

export default TallyReporter;
