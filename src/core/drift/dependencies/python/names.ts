/** Names of Python packages, and of the files that list them for pip. */

/** The one spelling of a name: lower case, runs of `-`, `_` and `.` as one hyphen (PEP 503, "Normalized Names"). */
export function normalName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, '-')
    .toLowerCase();
}

/** `requirements.txt`, `requirements-dev.in`, `dev-requirements.txt`, `constraints.txt`, ... */
export const REQUIREMENTS_NAME =
  /^(?:(?:requirements|constraints)[\w.-]*|[\w.-]*[-_.](?:requirements|constraints))\.(?:txt|in)$/i;

/** Any list in a folder named `requirements`. */
export const REQUIREMENTS_FOLDER = /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/i;

/** Whether a file is known by its path as one of pip's lists: it is judged for itself then. */
export function isRequirementsFile(path: string): boolean {
  return REQUIREMENTS_NAME.test(path.slice(path.lastIndexOf('/') + 1)) || REQUIREMENTS_FOLDER.test(path);
}
