import path from 'node:path';

import { openTuned } from '@parallel-lambda/measure';
import { describe, expect, it } from 'vitest';

import { openStacks } from '../../src/shared/workspace.ts';
import { makeProject, ordersTemplate } from '../serve/project.ts';

const files = {
  'template.yaml': ordersTemplate,
  'orders/index.mjs': 'export const handler = async () => ({ batchItemFailures: [] });',
};

const open = (assembly: string | undefined) => openStacks({ assembly });

describe('the function that is tuned', () => {
  it('has its present setting in the template', async () => {
    await using project = await makeProject(files);
    const assembly = path.join(project.folder, 'template.yaml');
    const tuned = await openTuned({ assembly, function: 'Orders' }, open);
    expect(tuned.assembly.functions.map(({ name }) => name)).toEqual(['Orders']);
    expect([...tuned.present]).toEqual([['Orders', { memory: 128, batch: 10 }]]);
  });

  it('has the current setting of the command line, if it is a folder', async () => {
    await using project = await makeProject(files);
    const folder = path.join(project.folder, 'orders');
    const present = { memory: 512, batch: 50 };
    expect([...(await openTuned({ function: folder }, open)).present]).toEqual([]);
    expect([...(await openTuned({ function: folder, present }, open)).present]).toEqual([
      ['orders', present],
    ]);
  });

  it('must be named, if there is an assembly', async () => {
    await expect(openTuned({ assembly: 'cdk.out' }, open)).rejects.toThrow(
      '--assembly needs a function to tune. Add --function NAME.',
    );
  });
});
