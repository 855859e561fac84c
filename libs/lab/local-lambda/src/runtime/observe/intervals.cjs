const { syncBuiltinESMExports } = require('node:module');
const timers = require('node:timers');

/** @typedef {NodeJS.Timeout & { _destroyed: boolean }} Interval */

/** @type {Set<Interval>} */
const intervals = new Set();

/** Counts from now on the intervals of this thread. Node.js lists only those that keep the process running. */
function watchIntervals() {
  const { setInterval } = timers;
  /** @param {any[]} parameters */
  function watched(...parameters) {
    const interval = Reflect.apply(setInterval, undefined, parameters);
    intervals.add(interval);
    return interval;
  }
  timers.setInterval = /** @type {any} */ (watched);
  globalThis.setInterval = timers.setInterval;
  syncBuiltinESMExports();
}

/** Returns the number of intervals that do not keep the process running. */
function unrefIntervals() {
  for (const interval of intervals) if (interval._destroyed) intervals.delete(interval);
  return [...intervals].filter((interval) => !interval.hasRef()).length;
}

module.exports = { watchIntervals, unrefIntervals };
