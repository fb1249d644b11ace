/** Every command by name, each loaded only when it is called or its help is asked for. */
import type { Command } from './command';

export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init')).init,
  'brief new': async () => (await import('./briefNew')).briefNew,
  'brief check': async () => (await import('./briefCheck')).briefCheck,
  run: async () => (await import('./run')).run,
  adopt: async () => (await import('./adopt')).adopt,
  tasks: async () => (await import('./tasks')).tasks,
  log: async () => (await import('./log')).log,
  stop: async () => (await import('./stop')).stop,
  resume: async () => (await import('./resume')).resume,
  answer: async () => (await import('./answer')).answer,
  show: async () => (await import('./show')).show,
  correct: async () => (await import('./correct')).correct,
  revert: async () => (await import('./revert')).revert,
  signoff: async () => (await import('./signoff')).signoff,
  reject: async () => (await import('./reject')).reject,
  restore: async () => (await import('./restore')).restore,
  archive: async () => (await import('./archive')).archive,
  delete: async () => (await import('./delete')).deleteCommand,
  drift: async () => (await import('./drift')).drift,
  gate: async () => (await import('./gate')).gate,
  agents: async () => (await import('./agents')).agents,
  doctor: async () => (await import('./doctor')).doctor,
  'host status': async () => (await import('./hostStatus')).hostStatus,
  'host stop': async () => (await import('./hostStop')).hostStop,
};
