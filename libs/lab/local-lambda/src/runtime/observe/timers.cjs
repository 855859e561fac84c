const { createHook } = require('node:async_hooks');

/** @typedef {NodeJS.Timeout & { _idleStart: number, _idleTimeout: number, _destroyed: boolean }} Timer */

/** @type {Map<number, Timer>} */
const timers = new Map();

/** Notices from now on which timers this thread starts. */
function watchTimers() {
  createHook({
    init(id, type, _, resource) {
      if (type === 'Timeout') timers.set(id, /** @type {Timer} */ (resource));
    },
    destroy(id) {
      timers.delete(id);
    },
  }).enable();
}

/** In how many milliseconds the timers fire that keep the process running. @returns {number[]} */
function pendingTimers() {
  // A timer's own start is by the clock of the event loop, which only a timer shows.
  const probe = /** @type {Timer} */ (setTimeout(() => undefined, 1));
  const now = probe._idleStart;
  clearTimeout(probe);
  return [...timers.values()].flatMap((timer) => {
    if (timer === probe || timer._destroyed || !timer.hasRef()) return [];
    return [timer._idleStart + timer._idleTimeout - now];
  });
}

module.exports = { watchTimers, pendingTimers };
