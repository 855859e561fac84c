/**
 * @param {string} name such as `Runtime.HandlerNotFound`
 * @param {string} message
 * @param {Error} [from] whose stack tells more than one from here
 */
function runtimeError(name, message, from) {
  const error = new Error(message);
  error.name = name;
  if (from?.stack !== undefined) error.stack = from.stack;
  return error;
}

/**
 * The response of a handler, as JSON. What JSON has no word for, a function or `undefined`, is `null`.
 *
 * @param {unknown} response
 * @returns {string}
 * @throws `Runtime.JSONStringifyError`
 */
function serializeResponse(response) {
  try {
    const json = /** @type {string | undefined} */ (JSON.stringify(response));
    return json ?? 'null';
  } catch {
    throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

/**
 * Whatever was thrown, as the Runtime API takes it.
 *
 * @param {unknown} thrown
 * @returns {{ errorType: string, errorMessage: string, trace: readonly string[] }}
 */
function serializeError(thrown) {
  try {
    if (!(thrown instanceof Error)) {
      return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
    }
    return {
      errorType: String(thrown.name),
      errorMessage: String(thrown.message),
      trace: thrown.stack?.split('\n') ?? [],
    };
  } catch {
    const errorMessage = 'The error that was thrown has a name, message or stack that cannot be read';
    return { errorType: 'handled', errorMessage, trace: [] };
  }
}

module.exports = { runtimeError, serializeResponse, serializeError };
