const { takesCallbacks } = require('./load-handler.cjs');

/**
 * Calls the handler and waits for its result. On runtimes before `nodejs24.x` it may also call back, and it has ended as soon
 * as nothing is left to do.
 *
 * @param {import('./load-handler.cjs').Handler} handler
 * @param {unknown} event
 * @param {object} context
 * @returns {Promise<unknown>}
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
async function callHandler(handler, event, context) {
  if (!takesCallbacks) return handler(event, context);
  const { promise, resolve, reject } = Promise.withResolvers();
  const onIdle = () => resolve(null);
  process.once('beforeExit', onIdle);
  try {
    const callbackContext = withCallbacks(context, resolve, reject);
    const returned = handler(event, callbackContext, callbackContext.callback);
    if (isThenable(returned)) Promise.resolve(returned).then(resolve, reject);
    return await promise;
  } finally {
    process.off('beforeExit', onIdle);
  }
}

/**
 * @param {object} context
 * @param {(result: unknown) => void} resolve
 * @param {(error: unknown) => void} reject
 */
function withCallbacks(context, resolve, reject) {
  /** @param {unknown} error @param {unknown} result */
  const settle = (error, result) => {
    if (error === undefined || error === null) resolve(result ?? null);
    else reject(error);
  };
  const own = {
    ...context,
    callbackWaitsForEmptyEventLoop: true,
    /** @param {unknown} [error] @param {unknown} [result] */
    callback: (error, result) => {
      // Whatever the function still has to do is done first, unless it has said otherwise.
      if (own.callbackWaitsForEmptyEventLoop)
        process.prependOnceListener('beforeExit', () => settle(error, result));
      else settle(error, result);
    },
    /** @param {unknown} [error] @param {unknown} [result] */
    done: (error, result) => settle(error, result),
    /** @param {unknown} [result] */
    succeed: (result) => settle(undefined, result),
    /** @param {unknown} [error] */
    fail: (error) => settle(error ?? 'handled', undefined),
  };
  Object.defineProperty(own, 'callback', { enumerable: false });
  return own;
}

/** @param {unknown} value */
function isThenable(value) {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

module.exports = { callHandler };
