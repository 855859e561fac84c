import { expect, it } from 'vitest';

import { findDefinition } from '../src/index.ts';

const noStacks = () => Promise.reject(new Error('there are no stacks'));

it.each([
  ['src', 'To run the folder, pass ./src'],
  ['promises', 'Remove it.'],
])('refuses a handler with %s, which is not a path, and explains how to continue', async (name, advice) => {
  await expect(findDefinition(name, { handler: 'app.handler' }, noStacks)).rejects.toThrow(
    `--handler needs a folder, and ${name} is the name of a function of the stack. ${advice}`,
  );
});
