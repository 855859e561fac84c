/**
 * Commands as data: names, options with their ranges and defaults, from which help, checks and the types of the options
 * follow. It knows nothing of Lambda.
 */
export { command, type CommandDefinition, type OptionDefinition, type OptionsOf } from './command.ts';
export { decimal, json, number, text } from './option-kinds.ts';
