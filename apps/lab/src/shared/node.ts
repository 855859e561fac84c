import { installMissingNode } from '@parallel-lambda/local-lambda';

import { warn } from './terminal.ts';

/** Lets npx install the Node.js of runtimes, if the user wants that. Functions are read afterwards. */
export function useNode(source: 'installed' | 'npx'): void {
  if (source === 'installed') return;
  installMissingNode((major) => {
    warn(`Installing Node.js ${major} with npx`);
  });
}
