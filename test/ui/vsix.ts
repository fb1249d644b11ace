/** What the tests of windows install: the package, not the folder. Git-ignored. */
export const VSIX = 'test/output/countersign.vsix';
