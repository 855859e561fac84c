/** Code that must and must not compile. The type check is the test: an unused `@ts-expect-error` is an error. */
import { expect, it } from 'vitest';
import * as z from 'zod';

import {
  checked,
  grouped,
  retried,
  within,
  type Message,
  type Work,
  type WorkContext,
} from '../../src/index.ts';

const order = z.object({ id: z.string(), amount: z.number() });

declare const place: (id: string, amount: number, options: { readonly signal: AbortSignal }) => Promise<void>;
declare const placeAll: (
  orders: readonly { readonly id: string }[],
  options: { readonly signal: AbortSignal },
) => Promise<readonly (Error | undefined)[]>;
declare const never: { readonly signal: AbortSignal };
/** An Effect as the types of Effect 4 have it. */
declare const effect: { readonly '~effect/Effect': { readonly _A: () => number }; pipe(): unknown };

export const works = (): readonly Work[] => [
  retried({ times: 2 }, async ({ text }) => {
    await fetch(text);
  }),
  retried({}, ({ id }: Message) => id),
  retried({}, (message: Message, { signal }: WorkContext) => place(message.id, 1, { signal })),
  within(100, ({ text }, { signal }) => place(text, 1, { signal })),
  within(
    100,
    retried({}, ({ text }, { signal }) => place(text, 1, { signal })),
  ),
  retried(
    {},
    within(100, ({ text }, { signal }) => place(text, 1, { signal })),
  ),
  checked(order, ({ id, amount }, _, { signal }) => place(id, amount, { signal })),
  checked(
    order,
    retried({ times: 2 }, ({ id, amount }, message, { signal }) =>
      place(id + message.id, amount, { signal }),
    ),
  ),
  checked(
    order,
    within(
      500,
      retried({ times: 2 }, ({ id, amount }, _, { signal }) => place(id, amount, { signal })),
    ),
  ),
  retried(
    {},
    within(
      1_000,
      checked(order, ({ id, amount }, _, { signal }) => place(id, amount, { signal })),
    ),
  ),
  grouped({ size: 25 }, (messages, { signal }) => placeAll(messages, { signal })),
  grouped({ size: 25 }, async (messages: readonly Message[]) => {
    await Promise.all(messages.map(({ text }) => fetch(text)));
  }),
  checked(
    order,
    grouped({ size: 25, waitMs: 5 }, (orders, messages, { signal }) =>
      placeAll(
        orders.map(({ id }, index) => ({ id: id + (messages[index]?.id ?? '') })),
        { signal },
      ),
    ),
  ),
  checked(
    order,
    retried(
      { times: 1 },
      grouped({ size: 25 }, (orders, _, { signal }) => placeAll(orders, { signal })),
    ),
  ),
  checked(
    order,
    grouped(
      { size: 25 },
      within(
        100,
        retried({ times: 1 }, (orders) => placeAll(orders, never)),
      ),
    ),
  ),
  // @ts-expect-error -- an Effect is retried by Effect.retry
  retried({}, () => effect),
  // @ts-expect-error -- an Effect is limited by Effect.timeout
  within(100, async () => Promise.resolve(effect)),
  // @ts-expect-error -- a number is not an error
  grouped({ size: 25 }, () => [1]),
  checked(
    order,
    // @ts-expect-error -- the schema gives no such property
    retried({}, ({ price }) => String(price)),
  ),
  checked(
    order,
    // @ts-expect-error -- nor to a group
    grouped({ size: 2 }, ([first]) => placeAll([first?.price], never)),
  ),
  // @ts-expect-error -- there is no such option
  retried({ retries: 2 }, () => undefined),
  // @ts-expect-error -- a group has a size
  grouped({ waitMs: 2 }, () => undefined),
];

/** Tests wrappers without a technique, as in the work module of a thread. */
export const modules = (): readonly Work[] => {
  const retriedOrder = checked(
    order,
    retried({}, ({ id }, message) => id + message.id),
  );
  const groupedOrders = checked(
    order,
    grouped({ size: 2 }, (orders, messages, { signal }) => {
      signal.throwIfAborted();
      return placeAll([...orders, ...messages], { signal });
    }),
  );
  const groupedMessages = grouped({ size: 2 }, (messages, { signal }) => placeAll(messages, { signal }));
  const limited = within(100, ({ text }, { signal }) => place(text, 1, { signal }));
  return [retriedOrder, groupedOrders, groupedMessages, limited];
};

it('infers the types through the whole chain', () => {
  expect([works, modules]).toHaveLength(2);
});
