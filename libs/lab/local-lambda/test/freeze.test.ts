import { globSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

const cases = runtimes.flatMap((runtime) =>
  (['off', 'enforced'] as const).map((limits) => ({ ...runtime, limits })),
);

describe.for(cases)('an environment on $name with limits $limits', ({ options, skip, limits }) => {
  it.skipIf(skip)('is completely frozen after its response, and continues with the next event', async () => {
    const frozen = Promise.withResolvers<undefined>();
    await using beating = new LocalFunction(definition('handlers', 'freezing.handler'), {
      ...options,
      limits,
      onEnvironment: ({ state }) => {
        if (state === 'frozen') frozen.resolve(undefined);
      },
    });
    expect(await beating.invoke({ begin: true })).toMatchObject({ status: 'success' });
    await frozen.promise;
    expect(beating.environments).toMatchObject([{ state: 'frozen', invocations: 1 }]);
    const files = globSync(path.join(tmpdir(), `*-${process.pid}-*/*/tmp/{timer,thread,child}`));
    expect(files).toHaveLength(3);
    const lengths = (): number[] => files.map((name) => statSync(name).size);

    // Whoever is in the midst of writing when the signal comes ends that first: an invocation of another is time enough.
    await using other = new LocalFunction(definition('handlers', 'handlers.echo'));
    await other.invoke({});
    const before = lengths();
    // A cold start takes many of the milliseconds in which each of them would write.
    await using another = new LocalFunction(definition('handlers', 'handlers.echo'));
    await another.invoke({});
    expect(lengths()).toEqual(before);

    expect(await beating.invoke({})).toMatchObject({ status: 'success' });
    expect(beating.environmentsStarted).toBe(1);
  });
});
