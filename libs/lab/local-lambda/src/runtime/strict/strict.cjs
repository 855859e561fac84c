// Required before the runtime in strict mode, in its process and in each thread of it: notices what an invocation
// starts, and tells the lab what of it is left when it is asked.

const { Socket } = require('node:net');
const { isMainThread } = require('node:worker_threads');

const { watchWork, workSince } = require('./open-work.cjs');
const { requestsSince, watchRequests } = require('./requests.cjs');
const { answerInThread, watchThreads } = require('./threads.cjs');

process.setSourceMapsEnabled(true);
watchRequests();
if (isMainThread) answerLab(4);
else answerInThread(leaksSince);
watchWork();

/** @param {bigint} since */
function leaksSince(since) {
  return [...workSince(since), ...requestsSince(since)];
}

/** @param {number} descriptor of the connection to the lab */
function answerLab(descriptor) {
  const inThreads = watchThreads();
  const lab = new Socket({ fd: descriptor, readable: true, writable: true });
  lab.unref();
  lab.on('data', async (chunk) => {
    const [check, since = 0n] = chunk.toString().split(' ').map(BigInt);
    // Operations that have just ended are still being removed.
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    const leaks = counted([...leaksSince(since), ...(await inThreads(since))]);
    lab.write(`${JSON.stringify({ check: Number(check), leaks })}\n`);
  });
}

/** Those that are alike become one. @param {import('./open-work.cjs').Leak[]} leaks */
function counted(leaks) {
  /** @type {Map<string, import('./open-work.cjs').Leak & { count: number }>} */
  const all = new Map();
  for (const leak of leaks) {
    const key = `${leak.what} ${leak.where ?? ''}`;
    all.set(key, { ...leak, count: (all.get(key)?.count ?? 0) + 1 });
  }
  return [...all.values()];
}
