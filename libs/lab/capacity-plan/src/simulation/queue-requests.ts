/** Messages that SQS returns, or deletes, in one request. */
const messagesPerRequest = 10;

/** Bytes that SQS returns in one request, and bytes that it bills as one request. */
const bytesPerReceive = 1_048_576;
const bytesPerBilledRequest = 65_536;

/**
 * Returns the billed SQS requests of receiving and deleting the messages of a batch.
 *
 * @param messageBytes 1 to 1,048,576
 * @see https://aws.amazon.com/sqs/pricing/
 */
export function billedRequests(messages: number, messageBytes: number): number {
  const perReceive = Math.min(messagesPerRequest, Math.max(1, Math.floor(bytesPerReceive / messageBytes)));
  const whole = Math.floor(messages / perReceive + 1e-9);
  const rest = messages - whole * perReceive;
  const receives =
    whole * chunks(perReceive * messageBytes) + (rest > 1e-9 ? chunks(rest * messageBytes) : 0);
  return receives + Math.ceil(messages / messagesPerRequest - 1e-9);
}

function chunks(bytes: number): number {
  return Math.ceil(bytes / bytesPerBilledRequest);
}
