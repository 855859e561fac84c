import { text } from './parked-attributes.ts';
import type { AttributeValue, SendEntry } from './sqs-calls.ts';
import { shortened } from './text-size.ts';

/** Maximum bytes of the note about cut parts. */
const NOTE_BYTES = 512;
const BODY = 'the body';

/**
 * Cuts the largest part of a message, its body or an attribute, until it is small enough, and notes that in the attribute
 * `ParkedNote`.
 *
 * @param maxBytes of body and attributes together
 */
export function fit(entry: SendEntry, maxBytes: number): SendEntry {
  let fitting = entry;
  /** The sizes of the parts before they were cut. */
  const before = new Map<string, number>();
  for (let excess = sizeOf(entry) - maxBytes; excess > 0; excess = sizeOf(fitting) - maxBytes + NOTE_BYTES) {
    const [name, bytes] = largestPart(fitting);
    before.set(name, before.get(name) ?? bytes);
    fitting = cut(fitting, name, Math.max(bytes - excess - NOTE_BYTES, 1));
  }
  if (before.size === 0) return entry;
  const after = partsOf(fitting);
  const notes = [...before].map(([name, bytes]) => `${name} has ${after.get(name)} of ${bytes} bytes`);
  const ParkedNote = text(shortened(notes.join('; '), NOTE_BYTES / 2));
  return { ...fitting, MessageAttributes: { ...fitting.MessageAttributes, ParkedNote } };
}

/**
 * Returns the size of a message as SQS counts it: body, and the names, types and values of attributes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export function sizeOf({ MessageBody, MessageAttributes }: SendEntry): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, value]) => Buffer.byteLength(name) + Buffer.byteLength(value.DataType) + valueBytes(value),
  );
  return attributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(MessageBody));
}

/** Returns the sizes of the body and of the values of attributes, in bytes. */
function partsOf({ MessageBody, MessageAttributes }: SendEntry): ReadonlyMap<string, number> {
  const values = Object.entries(MessageAttributes).map(([name, value]) => [name, valueBytes(value)] as const);
  return new Map([[BODY, Buffer.byteLength(MessageBody)], ...values]);
}

function largestPart(entry: SendEntry): readonly [name: string, bytes: number] {
  return [...partsOf(entry)].reduce((largest, part) => (part[1] > largest[1] ? part : largest));
}

function cut(entry: SendEntry, name: string, bytes: number): SendEntry {
  if (name === BODY) return { ...entry, MessageBody: shortened(entry.MessageBody, bytes) };
  const { [name]: value, ...others } = entry.MessageAttributes;
  const { DataType = 'String', StringValue, BinaryValue } = value ?? {};
  const shorter: AttributeValue = BinaryValue
    ? { DataType, BinaryValue: BinaryValue.subarray(0, bytes) }
    : { DataType, StringValue: shortened(StringValue ?? '', bytes) };
  return { ...entry, MessageAttributes: { ...others, [name]: shorter } };
}

function valueBytes({ StringValue, BinaryValue }: AttributeValue): number {
  return BinaryValue?.byteLength ?? Buffer.byteLength(StringValue ?? '');
}
