import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

interface Peer {
  readonly version: string;
  /** Date of publication of this version. */
  readonly released: string;
  /** Date on which this version was checked to be the newest, if it is older than a year. */
  readonly newestOn?: string;
}

const root = path.resolve(import.meta.dirname, '../../..');

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const peers = Object.entries(read('apps/bench/peers.json') as Record<string, Peer>);

/** The versions that the benchmarks and the documents are tested with. */
const pinned = Object.assign(
  {},
  ...['package.json', 'apps/bench/package.json'].map((file) => {
    const { dependencies, devDependencies } = read(file) as Record<string, Record<string, string>>;
    return { ...dependencies, ...devDependencies };
  }),
) as Record<string, string>;

const yearMs = 365 * 24 * 3600 * 1000;

describe.each(peers)('the peer %s', (name, { version, released, newestOn }) => {
  it('is pinned in the version that peers.json has a date for', () => {
    expect(pinned[name]).toBe(version);
  });

  it('is not older than a year, or was looked up to be the newest within the last year', () => {
    const date = new Date(newestOn ?? released);
    expect(Date.now() - date.getTime(), `${name} ${version} is from ${released}`).toBeLessThan(yearMs);
  });
});

it('every peer that is compared has a date', () => {
  const compared = Object.keys(pinned).filter((name) =>
    /^(?:@middy\/.+|@aws-lambda-powertools\/batch|effect|p-map|piscina|tinypool)$/.test(name),
  );
  expect(peers.map(([name]) => name).toSorted()).toEqual(compared.toSorted());
});
