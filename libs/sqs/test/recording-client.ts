import type { SqsCalls } from '../src/index.ts';

type SendInput = Parameters<SqsCalls['sendMessageBatch']>[0];
type VisibilityInput = Parameters<SqsCalls['changeMessageVisibilityBatch']>[0];

/** Records its calls, and refuses or leaves unanswered those that the test chooses. */
export class RecordingClient implements SqsCalls {
  readonly sent: SendInput[] = [];
  readonly delayed: VisibilityInput[] = [];
  /** Reasons to refuse an entry, by its body or receipt handle. */
  refuse: (text: string) => string | undefined = () => undefined;
  /** Error that every call throws. */
  error: Error | undefined;
  /** True if no call is ever answered. */
  hangs = false;
  /** True if the answers do not contain any entry. */
  isSilent = false;

  async sendMessageBatch(input: SendInput): ReturnType<SqsCalls['sendMessageBatch']> {
    this.sent.push(input);
    return this.#answer(input.Entries.map(({ Id, MessageBody }) => [Id, MessageBody] as const));
  }

  async changeMessageVisibilityBatch(
    input: VisibilityInput,
  ): ReturnType<SqsCalls['changeMessageVisibilityBatch']> {
    this.delayed.push(input);
    return this.#answer(input.Entries.map(({ Id, ReceiptHandle }) => [Id, ReceiptHandle] as const));
  }

  /** The bodies of all messages that were sent, in their order. */
  get bodies(): readonly string[] {
    return this.sent.flatMap(({ Entries }) => Entries.map(({ MessageBody }) => MessageBody));
  }

  /** The visibility timeout that was set for each receipt handle, in seconds, in order. */
  get seconds(): Readonly<Record<string, number>> {
    const entries = this.delayed.flatMap(({ Entries }) => Entries);
    return Object.fromEntries(
      entries.map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout]),
    );
  }

  #answer(entries: readonly (readonly [Id: string, text: string])[]) {
    if (this.hangs) return new Promise<never>(() => undefined);
    if (this.error) return Promise.reject(this.error);
    if (this.isSilent) return Promise.resolve({});
    const Failed = entries.flatMap(([Id, text]) => {
      const Code = this.refuse(text);
      return Code === undefined ? [] : [{ Id, Code, Message: 'refused' }];
    });
    const Successful = entries
      .map(([Id]) => ({ Id }))
      .filter(({ Id }) => !Failed.some((one) => one.Id === Id));
    return Promise.resolve({ Successful, Failed });
  }
}
