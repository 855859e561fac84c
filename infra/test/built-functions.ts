/** What the builds of the three functions leave, so far as a deployment cares. */
export const builtFunctions = {
  'apps/promises/dist/handler.js': 'promises',
  'apps/worker-threads/dist/handler.js': 'worker threads',
  'apps/worker-threads/dist/work.js': 'the work of the threads',
  'apps/worker-threads/dist/thread.js': 'the loops of a thread',
  'apps/worker-threads/dist/entry/worker.js': 'a thread',
  'apps/effect-fibers/dist/handler.js': 'fibers',
};
