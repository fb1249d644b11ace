/** What stands where an agent's id would, when the work is somebody else's: no agent runs under this name. */
export const ADOPTED = 'adopted';
