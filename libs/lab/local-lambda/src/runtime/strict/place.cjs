const { join, sep } = require('node:path');

/** @typedef {{ readonly stack?: string }} Origin a stack that is not put into words before somebody wants it */

const ours = [join(__dirname, '..'), process.env['LAMBDA_RUNTIME_DIR'] ?? __dirname].map(
  (folder) => folder + sep,
);

/** Remembers where the function is at present. @returns {Origin} */
function here() {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const origin = {};
  Error.captureStackTrace(origin, here);
  Error.stackTraceLimit = stackTraceLimit;
  return origin;
}

/**
 * The first place of the function's own in a stack, or else of a package of its.
 *
 * @param {Origin} origin
 * @returns {string | undefined} such as `handler (/task/handler.js:3:5)`; nothing where Node or the runtime was alone
 */
function placeOf({ stack = '' }) {
  const frames = stack.split('\n').flatMap((line) => {
    const frame = /^ +at (?:async )?(.*:\d+:\d+\)?)$/.exec(line)?.[1];
    const isOurs =
      frame === undefined || /(^|\()node:/.test(frame) || ours.some((folder) => frame.includes(folder));
    return isOurs ? [] : [frame.replace('file://', '')];
  });
  return frames.find((frame) => !frame.includes(`${sep}node_modules${sep}`)) ?? frames[0];
}

module.exports = { here, placeOf };
