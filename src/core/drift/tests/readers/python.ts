/** Tests of Python. */
import type { ReadTests } from '../readers';

export const readPython: ReadTests = () => null;
