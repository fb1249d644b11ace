/** Whether there is a host to connect to; so small that every window that opens a folder can load it. */
export { hostMayRun } from '../../host/presence';
