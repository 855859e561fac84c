import { exitCode } from '../shared/exit-code.ts';
import { CountProgress } from '../shared/count-progress.ts';
import {
  type Destination,
  destinationOf,
  findStack,
  findTechnique,
  type Refused,
  RemoteError,
  sendAll,
  type Sent,
} from '@parallel-lambda/deployed-stack';

/** What `lab send` is told. */
export interface SendOptions {
  readonly messages: number;
  /** JSON. */
  readonly body: string;
  readonly groups?: number;
  readonly stack: string;
  readonly json?: boolean;
}

const defaultGroups = 10;

/** Sends messages to a technique's source, and says how many it took. */
export async function send(name: string, options: SendOptions): Promise<void> {
  const destination = await destinationOf(findTechnique(await findStack(options.stack), name));
  const { messages, groups } = options;
  if (groups !== undefined && !destination.grouped) throw withoutGroups(destination);
  const body = JSON.stringify(JSON.parse(options.body));
  using progress = new CountProgress(messages, 'messages sent');
  const plan = { messages, body, groups: groups ?? defaultGroups };
  const result = await sendAll(destination, plan, (sent) => {
    progress.show(sent);
  });
  progress[Symbol.dispose]();
  print(name, destination.place, result, options);
  if (result.refused.length > 0) process.exitCode = exitCode.failure;
}

function withoutGroups({ place }: Destination): RemoteError {
  const sentence = `Messages in ${place} have no groups: each is worked on by itself. Leave --groups out.`;
  return new RemoteError('setting', sentence);
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
