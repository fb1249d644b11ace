/** Names the file that the suite inside the extension host writes its report to. */
export const REPORT_FILE = 'COUNTERSIGN_TEST_REPORT';
