/** Pull requests: a bundle of its own, loaded when the first is made. */
export { createPullRequest } from '../pullRequest/createPullRequest';
