const { existsSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { runtimeError } = require('./serialize.cjs');

/**
 * @typedef {(event: unknown, context: object) => unknown} Handler
 */

/**
 * Loads the function's module and finds its handler.
 *
 * @param {string} root the folder of the code
 * @param {string} name `file.export`: the file's folder and extension are optional, exports may be nested
 * @returns {Promise<Handler>}
 * @throws one of Lambda's `Runtime.…` errors, or what the module itself throws while it loads
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
async function loadHandler(root, name) {
  const { folder, file, exportName } = splitName(name);
  const module = await loadModule(path.resolve(root, folder, file), file, [root, path.join(root, folder)]);
  const handler =
    exported(module, exportName) ?? exported(Reflect.get(Object(module), 'default'), exportName);
  if (handler === undefined) {
    throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  if (handler.length >= 3) {
    throw runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        `${name} takes ${handler.length} parameters: return a promise instead of calling back.`,
    );
  }
  return /** @type {Handler} */ (handler);
}

/** @param {string} name */
function splitName(name) {
  if (name.includes('..')) {
    throw runtimeError('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name: it has '..'`);
  }
  const base = path.basename(name);
  const dot = base.indexOf('.');
  if (dot < 0) throw runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const folder = name.slice(0, name.length - base.length);
  return { folder, file: base.slice(0, dot), exportName: base.slice(dot + 1) };
}

/**
 * @param {string} file without extension
 * @param {string} name to look up as a package where there is no such file
 * @param {string[]} folders where to look for the package
 * @returns {Promise<unknown>}
 */
async function loadModule(file, name, folders) {
  try {
    const found = ['', '.js', '.mjs', '.cjs'].find((extension) => existsSync(file + extension));
    if (found !== undefined) return await import(pathToFileURL(file + found).href);
    return require(require.resolve(name, { paths: folders }));
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error), error);
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

/**
 * @param {unknown} module
 * @param {string} name
 * @returns {unknown}
 */
function exported(module, name) {
  return name
    .split('.')
    .reduce((/** @type {unknown} */ from, key) => (isObject(from) ? from[key] : undefined), module);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

module.exports = { loadHandler };
