const { writeSync } = require('node:fs');
const { format } = require('node:util');

const { serializeError } = require('./serialize.cjs');

const levels = /** @type {const} */ (['trace', 'debug', 'info', 'warn', 'error', 'fatal']);

/** @typedef {(typeof levels)[number]} Level */

let requestId = '-';

/**
 * Every line from here on is this invocation's, until the next: lines of work that goes on after its response too.
 *
 * @param {string} id
 */
function setRequestId(id) {
  requestId = id;
}

/**
 * Makes `console` write as Lambda's does: a line with time, request id and level, as text or as JSON, from
 * the level on that the function's configuration names.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
function patchConsole() {
  const asJson = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON';
  const lowest = levels.findIndex((level) => level === process.env['AWS_LAMBDA_LOG_LEVEL']?.toLowerCase());
  const write = entryWriter(asJson);
  for (const [index, level] of levels.entries()) {
    /** @param {unknown[]} values */
    const log = (...values) => {
      write(level, asJson ? jsonEntry(level, values) : textEntry(level, values));
    };
    Reflect.set(console, level, index < lowest ? () => undefined : log);
  }
  console.log = console.info;
}

/**
 * @param {string} what `Init Error` or `Invoke Error`
 * @param {unknown} thrown
 */
function logError(what, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(asString(thrown));
  if (process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON') console.error(error);
  else console.error(what, `\t${errorText(error)}`);
}

/**
 * @param {Level} level
 * @param {unknown[]} values
 */
function textEntry(level, values) {
  return `${new Date().toISOString()}\t${requestId}\t${level.toUpperCase()}\t${format(...values)}\n`;
}

/**
 * @param {Level} level
 * @param {unknown[]} values one value stays what it is; several become a text
 */
function jsonEntry(level, values) {
  const entry = { timestamp: new Date().toISOString(), level: level.toUpperCase(), requestId };
  if (values.length > 1) {
    const error = values.slice(1).find((value) => value instanceof Error);
    return JSON.stringify({ ...entry, message: format(...values), ...(error && describeError(error)) });
  }
  try {
    return JSON.stringify({ ...entry, message: values[0] }, (_, value) =>
      value instanceof Error ? { ...describeError(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...entry, message: format(values[0]) });
  }
}

/** @param {Error} error */
function describeError(error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}

/** @param {Error} error */
function errorText(error) {
  const { errorType, errorMessage, trace } = serializeError(error);
  try {
    return JSON.stringify({ errorType, errorMessage, ...error, stack: trace });
  } catch {
    return JSON.stringify({ errorType, errorMessage, stack: trace });
  }
}

/** @param {unknown} value */
function asString(value) {
  try {
    return String(value);
  } catch {
    return 'a value that cannot be shown';
  }
}

/**
 * Writes to the descriptor that Lambda gives its runtimes for their log, or else to stdout. On the former each
 * entry goes in a frame of its own, so that one of several lines stays one; and it is written synchronously,
 * so that it has left the process before the response does.
 *
 * @param {boolean} asJson
 * @returns {(level: Level, entry: string) => void}
 */
function entryWriter(asJson) {
  const descriptor = Number(process.env['_LAMBDA_TELEMETRY_LOG_FD']);
  delete process.env['_LAMBDA_TELEMETRY_LOG_FD'];
  if (!descriptor) {
    return (_, entry) => process.stdout.write(`${entry.trimEnd().replaceAll('\n', '\r')}\n`);
  }
  return (level, entry) => {
    const bytes = Buffer.from(entry);
    const head = Buffer.alloc(16);
    head.writeUInt32BE((asJson ? 0xa55a0002 : 0xa55a0003) + 4 * (levels.indexOf(level) + 1));
    head.writeUInt32BE(bytes.length, 4);
    head.writeBigInt64BE(BigInt(Date.now()) * 1000n, 8);
    for (let frame = Buffer.concat([head, bytes]); frame.length > 0;) {
      frame = frame.subarray(writeSync(descriptor, frame));
    }
  };
}

module.exports = { setRequestId, patchConsole, logError };
