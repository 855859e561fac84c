import {
  type Destination,
  destinationOf,
  findStack,
  findTechnique,
  type Refused,
  sendAll,
  type Sent,
} from '@parallel-lambda/deployed-stack';
import { LabError } from '@parallel-lambda/local-lambda';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showProgress } from '../shared/progress.ts';
import type { SendOptions } from './command.ts';

const defaultGroups = 10;

/** Sends messages to the event source of a function, and prints how many were sent. */
export async function run(options: SendOptions, name: string): Promise<ExitCode> {
  const destination = await destinationOf(findTechnique(await findStack(options.stack), name));
  const { messages, groups } = options;
  if (groups !== undefined && !destination.grouped) throw withoutGroups(destination);
  const body = JSON.stringify(JSON.parse(options.body));
  using progress = showProgress('sending');
  const plan = { messages, body, groups: groups ?? defaultGroups };
  const result = await sendAll(destination, plan, (sent) => {
    // Where there is no terminal, a line for each tenth.
    progress.update(`${sent} of ${messages} messages sent`, String(Math.floor((sent / messages) * 10)));
  });
  progress[Symbol.dispose]();
  print(name, destination.place, result, options);
  return result.refused.length > 0 ? exitCode.failure : exitCode.success;
}

function withoutGroups({ place }: Destination): LabError {
  const sentence = `Messages in ${place} have no groups: each is worked on by itself. Leave --groups out.`;
  return new LabError('usage', sentence);
}

function print(name: string, to: string, { sent, refused }: Sent, { messages, json }: SendOptions): void {
  const reasons = byReason(refused);
  if (json) {
    console.log(JSON.stringify({ function: name, to, sent, refused: reasons }));
    return;
  }
  console.log(`${sent} of ${messages} messages sent to ${to}`);
  for (const { count, code, message } of reasons)
    console.error(`lab: ${count} not taken: ${code} (${message})`);
}

/** Thousands are refused for one reason, and told once. */
function byReason(refused: readonly Refused[]): readonly (Refused & { readonly count: number })[] {
  const groups = Map.groupBy(refused, ({ code, message }) => `${code} ${message}`);
  return [...groups.values()].flatMap((group) => (group[0] ? { count: group.length, ...group[0] } : []));
}
