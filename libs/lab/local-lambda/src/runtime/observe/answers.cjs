const { createInterface } = require('node:readline');
const { threadId } = require('node:worker_threads');

const { unrefIntervals, watchIntervals } = require('./intervals.cjs');
const { openRequests, watchRequests } = require('./requests.cjs');
const { pendingTimers, watchTimers } = require('./timers.cjs');

/**
 * Answers the lab's questions about this thread, each after its event loop has turned twice.
 *
 * @param {() => import('node:net').Socket} connectToLab
 * @returns {import('node:net').Socket} the connection to the lab
 */
function answerLab(connectToLab) {
  watchRequests();
  watchIntervals();
  const lab = connectToLab().unref();
  lab.write(`${JSON.stringify({ thread: threadId })}\n`);
  const lines = createInterface(lab);
  for (const source of [lab, lines]) source.on('error', () => undefined);
  lines.on('line', async (line) => {
    const { ask, collect, watch } = JSON.parse(line);
    if (watch) watchTimers();
    if (ask === undefined) return;
    const intervals = unrefIntervals();
    if (collect) globalThis.gc?.();
    await turn();
    await turn();
    if (collect) globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    const resources = counted(process.getActiveResourcesInfo());
    const [timers, requests] = [pendingTimers(), openRequests()];
    lab.write(
      `${JSON.stringify({ ask, resources, intervals, timers, requests, bytes: heapUsed + external })}\n`,
    );
  });
  return lab;
}

/** Has a reference, or an event loop that waits for nothing else would not turn. @returns {Promise<void>} */
function turn() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** @param {readonly string[]} names @returns {Record<string, number>} */
function counted(names) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

module.exports = { answerLab };
