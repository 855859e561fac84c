/**
 * A command line: commands as data, from which help, checks and types of the options follow, signals and the browser. It
 * is independent of Lambda.
 */
export { completionCommand } from './completion.ts';
export { command, type CommandDefinition, type OptionDefinition, type OptionsOf } from './command.ts';
export { decimal, json, number, text } from './option-kinds.ts';
export { onKey } from './on-key.ts';
export { openInBrowser } from './open-in-browser.ts';
export { interruption, surviveFaults, untilInterrupted } from './signals.ts';
