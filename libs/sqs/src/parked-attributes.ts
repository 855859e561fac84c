import type { Message } from '@parallel-lambda/batch';

import type { AttributeValue } from './sqs-calls.ts';
import { acceptable, shortened } from './text-size.ts';

/** The maximum number of attributes of a message, and ours among them. */
const MAX_ATTRIBUTES = 10;
const OWN_ATTRIBUTES = 6;
const MAX_REASON_BYTES = 1_024;

/** An attribute of a message, as Lambda hands it over. */
interface RecordAttribute {
  readonly dataType?: string;
  readonly stringValue?: string | null;
  /** Value in base64. */
  readonly binaryValue?: string | null;
}

/** A message that is to be parked. */
export interface GivenUp {
  readonly message: Message;
  readonly reason: string;
  readonly atMs: number;
}

/**
 * Creates the attributes of a parked message: why, which, from where, when, and how often it was delivered; then its own. A
 * message has at most 10. Attributes of the message that do not fit are stored as JSON in `ParkedAttributes`.
 */
export function parkedAttributes({ message, reason, atMs }: GivenUp): Record<string, AttributeValue> {
  const { eventSourceARN, messageAttributes } = message.record as {
    readonly eventSourceARN?: unknown;
    readonly messageAttributes?: Readonly<Record<string, RecordAttribute>> | null;
  };
  const attributes = {
    ParkedReason: text(shortened(reason, MAX_REASON_BYTES) || 'no reason was given'),
    ParkedMessageId: text(message.id),
    ParkedAt: text(new Date(atMs).toISOString()),
    ...(typeof eventSourceARN === 'string' && { ParkedFrom: text(eventSourceARN) }),
    ...(message.receiveCount !== undefined && {
      ParkedReceiveCount: { DataType: 'Number', StringValue: String(message.receiveCount) },
    }),
  };
  const own = Object.entries(messageAttributes ?? {}).filter(([name]) => !name.startsWith('Parked'));
  const places = MAX_ATTRIBUTES - OWN_ATTRIBUTES;
  const fitting = own.length > places ? own.slice(0, places - 1) : own;
  const others = own.slice(fitting.length);
  return {
    ...attributes,
    // Not by assignment: a name may be `__proto__`.
    ...Object.fromEntries(fitting.map(([name, value]) => [name, attributeOf(value)])),
    ...(others.length > 0 && { ParkedAttributes: text(JSON.stringify(Object.fromEntries(others))) }),
  };
}

/** Creates an attribute of a text that is not empty. */
export function text(value: string): AttributeValue {
  return { DataType: 'String', StringValue: acceptable(value) };
}

function attributeOf({ dataType = 'String', stringValue, binaryValue }: RecordAttribute): AttributeValue {
  return dataType.startsWith('Binary')
    ? { DataType: dataType, BinaryValue: Buffer.from(binaryValue ?? '', 'base64') }
    : { DataType: dataType, StringValue: stringValue ?? '' };
}
