/** What the builds of the three functions leave, so far as a deployment cares. */
export const builtFunctions = {
  'apps/promises/dist/handler.js': 'promises',
  'apps/worker-threads/dist/handler.js': 'worker threads',
  'apps/worker-threads/dist/entry/worker.js': 'a thread',
  'apps/effect-fibers/dist/handler.js': 'fibers',
};
