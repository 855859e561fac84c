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

/**
 * Returns the billed SQS requests by which a redelivery parks and delays messages of a batch.
 *
 * @param parked the mean number of messages of a batch that are parked
 * @param delayed the mean number of messages of a batch that are delayed
 * @param messageBytes 1 to 1,048,576
 */
export function redeliveryRequests(parked: number, delayed: number, messageBytes: number): number {
  const perSend = Math.min(messagesPerRequest, Math.max(1, Math.floor(bytesPerReceive / messageBytes)));
  const sent = Math.min(parked, perSend);
  return (
    callsFor(parked, perSend) * chunks(Math.max(sent, 1) * messageBytes) +
    callsFor(delayed, messagesPerRequest)
  );
}

/** Returns the calls for a batch. With a mean below one message, only that share of the batches makes a call. */
function callsFor(messages: number, perCall: number): number {
  return messages < 1 ? messages : Math.ceil(messages / perCall);
}
