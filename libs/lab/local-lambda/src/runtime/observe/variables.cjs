const { sep } = require('node:path');

/**
 * Notices from now on which environment variables the function's own code reads that are not set.
 *
 * @param {(name: string) => void} onMissing is given the name of each, once
 */
function watchVariables(onMissing) {
  /** @type {Set<string>} */
  const known = new Set();
  const task = (process.env['LAMBDA_TASK_ROOT'] ?? '') + sep;
  process.env = new Proxy(process.env, {
    get(variables, name) {
      const value = Reflect.get(variables, name);
      if (value !== undefined || typeof name !== 'string' || known.has(name)) return value;
      if (isOwnCode(task)) {
        known.add(name);
        onMissing(name);
      }
      return value;
    },
    // Without it, a variable would be defined through the proxy, which Node.js refuses.
    set: (variables, name, value) => Reflect.set(variables, name, value),
  });
}

/** @param {string} task */
function isOwnCode(task) {
  const [, , , caller = ''] = (new Error().stack ?? '').split('\n');
  return caller.includes(task) && !caller.includes(`${sep}node_modules${sep}`);
}

module.exports = { watchVariables };
