import { expect, it } from 'vitest';

import { checkNode } from '../src/check-node.ts';
import { ParallelLambdaError } from '../src/index.ts';

it.each(['22.12.0', '22.20.1', '24.0.0', '26.1.0', process.versions.node])('takes Node.js %s', (version) => {
  expect(() => {
    checkNode(version);
  }).not.toThrow();
});

it.each(['18.20.8', '20.19.5', '22.11.0'])(
  'refuses Node.js %s, and names the required version',
  (version) => {
    expect(() => {
      checkNode(version);
    }).toThrow(new ParallelLambdaError(`Node.js 22.12 or later is needed, not ${version}`));
  },
);
