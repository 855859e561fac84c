// Plain CommonJS, since what these files take to load is part of every function's INIT: a process that starts
// with ES modules takes 10 ms longer on two cores, and one that has to strip types longer still.

const { callHandler } = require('./call-handler.cjs');
const { invocationContext } = require('./invocation-context.cjs');
const { loadHandler } = require('./load-handler.cjs');
const { logError, patchConsole, setRequestId } = require('./log.cjs');
const { flushOutput, watchOutput } = require('./output.cjs');
const { connectRuntimeApi } = require('./runtime-api-connection.cjs');
const { serializeError, serializeResponse } = require('./serialize.cjs');

void run();

/**
 * The runtime: INIT, then one invocation after another, for ever. Like AWS's own it neither
 * catches what the function leaves uncaught nor waits for the event loop to empty.
 */
async function run() {
  const api = connectRuntimeApi(variable('AWS_LAMBDA_RUNTIME_API'));
  watchOutput();
  patchConsole();
  const handler = await initialize(api);
  for (;;) await invoke(handler, api);
}

/** @param {import('./runtime-api-connection.cjs').RuntimeApiConnection} api */
async function initialize(api) {
  try {
    return await loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'));
  } catch (thrown) {
    logError('Init Error', thrown);
    const error = serializeError(thrown);
    await flushOutput();
    await api.post('init/error', JSON.stringify(error), error.errorType);
    process.exit(1);
  }
}

/**
 * @param {import('./load-handler.cjs').Handler} handler
 * @param {import('./runtime-api-connection.cjs').RuntimeApiConnection} api
 */
async function invoke(handler, api) {
  const { headers, body } = await api.get('invocation/next');
  const context = invocationContext(headers);
  const path = `invocation/${context.awsRequestId}`;
  setRequestId(context.awsRequestId);
  try {
    const response = serializeResponse(await callHandler(handler, JSON.parse(body.toString()), context));
    await settled();
    await api.post(`${path}/response`, response);
  } catch (thrown) {
    logError('Invoke Error', thrown);
    await settled();
    const error = serializeError(thrown);
    await api.post(`${path}/error`, JSON.stringify(error), error.errorType);
  }
}

/** One turn of the event loop, as AWS's runtime takes before it responds, and everything written is out. */
async function settled() {
  await new Promise((resolve) => setImmediate(resolve));
  await flushOutput();
}

/** @param {string} name */
function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
