/** Maven and Gradle write JUnit whenever they test: nothing is asked, the files are read. */
import { ask, type Runner } from './runner';

/** Goals and phases that test, or come behind it (Maven docs, "Introduction to the Build Lifecycle"). */
const PHASES =
  /^(?:test|prepare-package|package|pre-integration-test|integration-test|post-integration-test|verify|install|deploy|(?:surefire|failsafe):\S+)$/;

export const maven: Runner = ({ program, args }) => {
  if (!['mvn', 'mvnw', 'mvnd'].includes(program) || !args.some((arg) => PHASES.test(arg))) return null;
  return ask({
    in: 'checkout',
    patterns: ['**/target/surefire-reports/TEST-*.xml', '**/target/failsafe-reports/TEST-*.xml'],
  });
};

export const gradle: Runner = ({ program, args }) => {
  if (!['gradle', 'gradlew'].includes(program)) return null;
  const tests = args.some((arg) => /(?:^|:)(?:test|check|build|buildNeeded|\w{1,100}Test)$/.test(arg));
  return tests ? ask({ in: 'checkout', patterns: ['**/build/test-results/**/*.xml'] }) : null;
};
