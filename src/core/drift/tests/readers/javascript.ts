/** Tests of JavaScript and TypeScript. */
import type { ReadTests } from '../readers';

export const readJavaScript: ReadTests = () => null;
