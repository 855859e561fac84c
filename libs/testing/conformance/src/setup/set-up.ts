import { beforeAll, onTestFinished } from 'vitest';

import { Recorder } from '../recorder/recorder.ts';
import { type Fixture, makeFixture, type MakeTechnique } from './fixture.ts';
import { turns } from './helpers.ts';

/** Makes a fixture for one test, and disposes of it when the test ends. */
export function setUp(...options: Parameters<typeof makeFixture>): Fixture {
  const fixture = makeFixture(...options);
  onTestFinished(() => fixture[Symbol.asyncDispose]());
  return fixture;
}

/**
 * Makes one fixture for all tests of a `describe`, since threads take long to start.
 *
 * @returns a function to call inside a test: it returns the fixture
 */
export function setUpForAll(...options: Parameters<typeof makeFixture>): () => Fixture {
  let fixture: Fixture | undefined;
  beforeAll(() => {
    const made = makeFixture(...options);
    fixture = made;
    return () => made[Symbol.asyncDispose]();
  });
  return () => {
    if (!fixture) throw new Error('Call this inside a test: the fixture is made before the tests run');
    return fixture;
  };
}

/**
 * Makes one technique per number of workers that the tests of a `describe` ask for, and one recorder for all of them,
 * since threads take long to start. Only for tests that leave every thread as it was.
 *
 * @returns a function to call inside a test: it returns the fixture, with an empty recorder
 */
export function setUpShared(
  makeTechnique: MakeTechnique,
): (options: { readonly workers: number }) => Promise<Fixture> {
  const fixtures = new Map<number, Fixture>();
  let shared: Recorder | undefined;
  beforeAll(() => {
    shared = new Recorder();
    return async () => {
      await Promise.all([...fixtures.values()].map((fixture) => fixture[Symbol.asyncDispose]()));
    };
  });
  return async ({ workers }) => {
    if (!shared) throw new Error('Call this inside a test: the recorder is made before the tests run');
    // Work that the previous test abandoned ends before the recorder is reset.
    shared.openAll();
    await turns();
    await turns();
    shared.reset();
    const fixture = fixtures.get(workers) ?? makeFixture(makeTechnique, { workers }, shared);
    fixtures.set(workers, fixture);
    return fixture;
  };
}
