const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { runtimeError } = require('./serialize.cjs');

/**
 * @typedef {(event: unknown, context: object, callback?: (error?: unknown, result?: unknown) => void) => unknown} Handler
 */

/** Runtimes before `nodejs24.x` take handlers that call back. */
const takesCallbacks = Number(/nodejs(\d+)/.exec(process.env['AWS_EXECUTION_ENV'] ?? '')?.[1] ?? 24) < 24;

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
  if (handler.length >= 3 && !takesCallbacks) {
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
    const isModule = isInModulePackage(path.dirname(file));
    // Where a folder has the name, `require` takes a file of that name and an extension first.
    if (existsSync(file)) return require(file);
    for (const [extension, asModule] of /** @type {const} */ ([
      ['.js', isModule],
      ['.mjs', true],
      ['.cjs', false],
    ])) {
      if (!existsSync(file + extension)) continue;
      return asModule ? await import(pathToFileURL(file + extension).href) : require(file + extension);
    }
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
 * Tells whether the nearest `package.json` says `"type": "module"`.
 *
 * @param {string} folder
 * @returns {boolean}
 */
function isInModulePackage(folder) {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')).type === 'module';
    } catch {
      return false;
    }
  }
  const parent = path.dirname(folder);
  return parent !== folder && path.basename(folder) !== 'node_modules' && isInModulePackage(parent);
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

module.exports = { loadHandler, takesCallbacks };
