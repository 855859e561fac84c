import type { Scenario } from '../../src/simulation/scenario.ts';

/** Returns a scenario without limits, with the changes of a test. */
export function scenarioOf(changes: Partial<Scenario> & { readonly rate?: number }): Scenario {
  const { rate = 100, ...others } = changes;
  return {
    arrivals: () => rate,
    seconds: 600,
    service: { points: [{ messages: 1, ms: 500 }], messageMs: 0, initMs: 0 },
    batchSize: 10,
    windowSeconds: 0,
    gatheringPollers: 5,
    messageBytes: 1000,
    accountConcurrency: 1000,
    failureRate: 0,
    parkRate: 0,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 30,
    retentionSeconds: 345_600,
    seed: 1,
    ...others,
  };
}

/** Returns a service time that is the same for every batch of up to ten messages. */
export function always(ms: number, initMs = 0): Scenario['service'] {
  return {
    points: [
      { messages: 1, ms },
      { messages: 10, ms },
    ],
    initMs,
  };
}
