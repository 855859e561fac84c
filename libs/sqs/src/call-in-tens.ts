import type { BatchResult } from './sqs-calls.ts';

/** The maximum number of entries of a call. */
const MAX_ENTRIES = 10;
/** The maximum size of all messages of a call, in bytes. */
const MAX_CALL_BYTES = 1_048_576;
/** Calls in flight. */
const MAX_CALLS = 20;

/** Input of a batch call. */
export interface TensOptions<Entry> {
  readonly call: (entries: Entry[]) => Promise<BatchResult>;
  /** Returns the bytes that an entry adds to its call. */
  readonly bytesOf?: (entry: Entry) => number;
  /**
   * True if each entry has its own call, sequentially, until one is refused. Of ten in a call, entries behind a refused one could be
   * accepted.
   */
  readonly inOrder: boolean;
  /** Returns the known results immediately when it is aborted. */
  readonly signal: AbortSignal;
}

/** Results of the entries of all calls. */
export interface TensResult {
  readonly accepted: ReadonlySet<string>;
  /** Reasons why entries were refused, by their ids. */
  readonly refused: ReadonlyMap<string, Error>;
}

/** Makes a batch call of SQS for all entries, ten in a call, several calls at a time. It never rejects. */
export async function callInTens<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  { call, bytesOf = () => 0, inOrder, signal }: TensOptions<Entry>,
): Promise<TensResult> {
  const tens = inOrder ? entries.map((entry) => [entry]) : inTens(entries, bytesOf);
  const accepted = new Set<string>();
  const refused = new Map<string, Error>();
  let next = 0;

  async function caller(): Promise<void> {
    while (next < tens.length && !signal.aborted && !(inOrder && refused.size > 0)) {
      const ten = tens[next++] ?? [];
      try {
        const { Successful, Failed } = await call(ten);
        const successful = new Set(Successful?.map(({ Id }) => Id));
        // An entry that no list names may have been lost.
        for (const { Id } of ten) {
          if (successful.has(Id)) accepted.add(Id);
          else refused.set(Id, new Error('The response does not name it'));
        }
        for (const { Id = '', Code = 'Error', Message = '' } of Failed ?? []) {
          accepted.delete(Id);
          refused.set(Id, Object.assign(new Error(Message), { name: Code }));
        }
      } catch (error) {
        for (const { Id } of ten) refused.set(Id, error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const abort = (): void => {
    resolve(undefined);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  const callers = Array.from({ length: inOrder ? 1 : Math.min(MAX_CALLS, tens.length) }, caller);
  await Promise.race([Promise.all(callers), aborted]);
  signal.removeEventListener('abort', abort);
  const unanswered = entries.filter(({ Id }) => !accepted.has(Id) && !refused.has(Id));
  const isStopped = inOrder && refused.size > 0;
  const reason = isStopped ? 'A message before it was refused' : 'There was no answer in time';
  const unknown = unanswered.map(({ Id }) => [Id, new Error(reason)] as const);
  // Copies: a call that was abandoned may still end.
  return { accepted: new Set(accepted), refused: new Map([...refused, ...unknown]) };
}

function inTens<Entry>(entries: readonly Entry[], bytesOf: (entry: Entry) => number): Entry[][] {
  const tens: Entry[][] = [];
  let [ten, bytes]: [Entry[], number] = [[], 0];
  for (const entry of entries) {
    const more = bytesOf(entry);
    if (ten.length === 0 || ten.length === MAX_ENTRIES || bytes + more > MAX_CALL_BYTES) {
      [ten, bytes] = [[], 0];
      tens.push(ten);
    }
    ten.push(entry);
    bytes += more;
  }
  return tens;
}
