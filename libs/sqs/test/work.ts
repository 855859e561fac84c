import { GiveUp, RetryLater, type Message } from '@parallel-lambda/batch';

/** Follows the text of a message: `give up`, `retry in 30`, `fail`; anything else succeeds. */
export default function work({ text }: Pick<Message, 'text'>): void {
  if (text.startsWith('give up')) throw new GiveUp(`because of ${text}`);
  const [, seconds] = /^retry in ([\d.]+)/.exec(text) ?? [];
  if (seconds !== undefined) throw new RetryLater({ seconds: Number(seconds) });
  if (text.startsWith('fail')) throw new TypeError(text);
}
