/** Everything about drafting a brief, with what parses it: loaded when the form or one of its commands is first used. */
export { Drafting } from '../brief/drafting';
