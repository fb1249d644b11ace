/** The id of the view; its `.focus` command shows it. */
export const TASKS_VIEW = 'countersign.tasks';
