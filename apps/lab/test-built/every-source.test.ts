import { describe, expect, it, vi } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { errorOf } from './error-of.ts';
import { hasThreads } from './has-threads.ts';
import { HoldingServer } from './holding-server.ts';
import { namedAgain } from './named-again.ts';
import { readLog } from './read-log.ts';
import { shared } from './shared.ts';
import { sourcesUnderTest, type LaneMessage, type SourceUnderTest } from './sources-under-test.ts';
import { start } from './start.ts';

/** Messages by their names, which begin with the lane: `a1` is the first of lane a. */
function inLanes(bodies: Readonly<Record<string, unknown>>): readonly LaneMessage[] {
  return Object.entries(bodies).map(([name, body]) => ({ name, lane: name.slice(0, 1), body }));
}

/** The messages that AWS redelivers if these did not succeed, in the order of the batch. */
function expected({ ordered, checkpoint }: SourceUnderTest, by: { alone: string[]; lanes: string[] }) {
  if (checkpoint) return by.alone.slice(0, 1);
  return ordered ? by.lanes : by.alone;
}

// Functions need no CPU time while they wait for their deadlines.
vi.setConfig({ maxConcurrency: sourcesUnderTest.length });

const ordered = sourcesUnderTest.filter((source) => source.ordered);

describeFunctions((definition) => {
  const local = shared(definition, { environment: { WORKERS: '4' } });

  describe.each(ordered)('a batch of $title', (source) => {
    it('processes its lanes in parallel, and the messages of each lane in order', async () => {
      await using server = await HoldingServer.listen();
      const names = ['a1', 'b1', 'c1', 'a2', 'c2', 'b2', 'b3', 'a3', 'c3'];
      const sent = inLanes(
        Object.fromEntries(names.map((name) => [name, { fetch: server.url(`/${name}`) }])),
      );
      const invocation = local().invoke(source.eventOf(sent));
      for (const index of [1, 2, 3]) {
        await server.untilHeld(3);
        expect(server.arrived.slice(-3).sort()).toEqual([`/a${index}`, `/b${index}`, `/c${index}`]);
        server.release();
      }
      expect(namedAgain(source, sent, await invocation)).toEqual([]);
      expect(server.mostHeld).toBe(3);
    });

    it('in which several fail out of order is answered with those, and what waits behind them', async () => {
      await using server = await HoldingServer.listen();
      const held = (name: string) => ({ fetch: server.url(`/${name}`) });
      const sent = inLanes({
        a1: held('a1'),
        b1: [held('b1'), { fail: true }],
        c1: held('c1'),
        d1: held('pass/d1'),
        e1: held('e1'),
        d2: [held('d2'), { fail: true }],
        f1: held('pass/f1'),
        a2: held('pass/a2'),
        b2: held('pass/b2'),
        d3: held('pass/d3'),
      });
      const invocation = local().invoke(source.eventOf(sent));
      for (const name of ['a1', 'b1', 'c1', 'd2']) await server.untilArrived(`/${name}`);
      server.release('/d2');
      // The worker that d2 has failed is free for the next lane, which is before it in the batch.
      await server.untilArrived('/e1');
      server.release('/b1');
      server.release();
      const again = expected(source, { alone: ['b1', 'd2'], lanes: ['b1', 'b2', 'd2', 'd3'] });
      expect(namedAgain(source, sent, await invocation)).toEqual(again);
      // After d2 nothing is started that is redelivered anyway.
      const later = source.checkpoint ? [] : ['/pass/a2', '/pass/f1'];
      expect([...server.arrived].sort()).toEqual(
        ['/a1', '/b1', '/c1', '/d2', '/e1', '/pass/d1', ...later].sort(),
      );
    });
  });

  it('does not end the environment', () => {
    expect(local().environmentsStarted).toBe(1);
  });

  describe.concurrent.each(sourcesUnderTest)('a batch of $title that does not finish in time', (source) => {
    it('reports exactly its unfinished messages, and logs those that hang', async () => {
      // The time to respond is a share of it, and the functions of all sources respond at the same time.
      await using lambda = start(definition, { timeoutSeconds: 5 });
      const sent = inLanes({
        a1: [],
        b1: { wait: 5 },
        c1: { hang: true },
        d1: { wait: 60_000 },
        a2: [],
        c2: [],
        d2: [],
        b2: [],
      });
      const result = await lambda.invoke(source.eventOf(sent));
      const alone = ['c1', 'd1'];
      expect(namedAgain(source, sent, result)).toEqual(
        expected(source, { alone, lanes: ['c1', 'c2', 'd1', 'd2'] }),
      );
      const [hanging] = source.identifiersOf(sent.filter(({ name }) => name === 'c1'));
      expect(readLog(result)).toMatch(
        hasThreads(definition)
          ? // On a machine that is busy the thread may not have ended when there is no more time.
            /[12] of 8 messages (were interrupted|.* abandoned), /
          : /1 of 8 messages ignored the abort signal and were abandoned, /,
      );
      if (typeof hanging === 'string')
        // Work that stops because of the deadline is interrupted, too: threads log it in the same line.
        expect(readLog(result)).toMatch(
          new RegExp(`redelivered: ${hanging}${hasThreads(definition) ? '(, \\S+)?' : ''}$`, 'm'),
        );
      expect(
        namedAgain(source, sent.slice(0, 2), await lambda.invoke(source.eventOf(sent.slice(0, 2)))),
      ).toEqual([]);
      expect(lambda.environmentsStarted).toBe(1);
    });
  });
});

describeFunctions((definition) => {
  describe.concurrent.each(sourcesUnderTest)('a message of $title', (source) => {
    const sent = (body: object) => inLanes({ a1: [], b1: body, c1: [], b2: [], d1: [] });

    it('that exits the process fails together with the messages queued behind it', async () => {
      await using lambda = start(definition, { environment: { WORKERS: '1' } });
      const messages = sent({ exit: 3 });
      const result = await lambda.invoke(source.eventOf(messages));
      expect(namedAgain(source, messages, result)).toEqual(
        expected(source, { alone: ['b1'], lanes: ['b1', 'b2'] }),
      );
      expect(readLog(result)).toMatch(/1 of 5 messages were interrupted, /);
      expect(lambda.environmentsStarted).toBe(1);
    });

    it('that blocks its thread fails together with the messages queued behind it', async () => {
      // Functions of all sources spin on the same cores, so each needs more time to respond than alone.
      await using lambda = start(definition, { timeoutSeconds: 6, environment: { THREADS: '2' } });
      const messages = sent({ spin: true });
      const result = await lambda.invoke(source.eventOf(messages));
      expect(namedAgain(source, messages, result)).toEqual(
        expected(source, { alone: ['b1'], lanes: ['b1', 'b2'] }),
      );
      expect(lambda.environmentsStarted).toBe(1);
    });
  });
}, hasThreads);

describeFunctions(
  (definition) => {
    describe.concurrent.each(sourcesUnderTest)('a message of $title that exits', (source) => {
      it('fails the invocation, so that the whole batch is redelivered', async () => {
        await using lambda = start(definition);
        const { errorType } = errorOf(
          await lambda.invoke(source.eventOf(inLanes({ a1: [], b1: { exit: 3 }, a2: [] }))),
        );
        expect(errorType).toBe('Runtime.ExitError');
      });
    });
  },
  (definition) => !hasThreads(definition),
);
