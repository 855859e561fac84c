import { json, number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { shared } from '../shared/options.ts';

export const sendCommand = {
  name: 'send',
  description: 'Send messages to the event source of a function, to a queue or to a topic',
  argument: { name: 'NAME', description: 'function, queue or SNS topic of the stack, such as promises' },
  options: {
    messages: number('N', 'messages to send', [1, 1_000_000], 100),
    body: text('JSON', 'body of each message', { default: '{"wait":200}', parse: json }),
    text: shared.text,
    as: text('SERVICE', 'send each message as this service sends it to a queue or topic', {
      choices: ['sns', 's3', 'eventbridge'],
    }),
    groups: number('N', 'message groups of a FIFO queue, or keys of a stream or topic', [1, 10_000], '10'),
    stack: shared.stack,
    json: { description: 'print the numbers of sent and refused messages as one JSON object' },
  },
  examples: [
    `send Orders --messages 10 --body '{"id":1}'`,
    `send OrderPlaced --messages 1 --text hello`,
    `send Thumbnails --as s3 --messages 1 --body '{"key":"a.jpg"}'`,
  ],
} as const satisfies CommandDefinition;

export type SendOptions = OptionsOf<typeof sendCommand>;
