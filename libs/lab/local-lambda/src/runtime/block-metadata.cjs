// Required before the runtime, in its process and in each thread of it: the machine may be an instance of a cloud, whose
// metadata gives its credentials to any program that asks. A function on Lambda cannot ask either.

const net = require('node:net');

/** @typedef {Record<string, any>} Options */

/** Addresses of metadata: link-local ones, and those outside of these at AWS, Google, Azure and Alibaba Cloud. */
const metadata = new net.BlockList();
metadata.addSubnet('169.254.0.0', 16, 'ipv4');
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addSubnet('fd00:ec2::', 32, 'ipv6');
metadata.addSubnet('fd20:ce::', 32, 'ipv6');
metadata.addAddress('168.63.129.16', 'ipv4');
metadata.addAddress('100.100.100.200', 'ipv4');

const { connect } = net.Socket.prototype;

/** @param {any[]} parameters @this {import('node:net').Socket} */
function guarded(...parameters) {
  const [options, callback] = connectionOptions(parameters);
  if (options.path) return Reflect.apply(connect, this, parameters);
  const { host = 'localhost', lookup } = options;
  const to = isMetadata(host)
    ? // Node.js looks up names only, and fails with the error of that.
      { ...options, host: 'metadata.invalid', lookup: refuse(host) }
    : { ...options, lookup: checked(lookup ?? require('node:dns').lookup) };
  return Reflect.apply(connect, this, [to, ...(callback ? [callback] : [])]);
}

/**
 * Returns the options and the callback of a call of `connect`.
 *
 * @param {any[]} parameters
 * @returns {[Options, (() => void) | null]}
 */
function connectionOptions(parameters) {
  // Node.js itself calls it with a list that it has made.
  const made = Array.isArray(parameters[0])
    ? parameters[0]
    : /** @type {any} */ (net)._normalizeArgs(parameters);
  return [made[0], made[1] ?? null];
}

/** @param {string} address */
function isMetadata(address) {
  const family = net.isIP(address);
  return family !== 0 && metadata.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** @param {string} address */
function refuse(address) {
  return /** @param {any[]} parameters */ (...parameters) =>
    process.nextTick(parameters.at(-1), unreachable(address));
}

/** Looks a name up, unless it is a name of metadata. @param {Function} lookup */
function checked(lookup) {
  return /** @param {string} name @param {object} options @param {Function} callback */ (
    name,
    options,
    callback,
  ) => {
    /** @param {unknown} error @param {any} found @param {number} family */
    const answer = (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const refused = error ? undefined : addresses.find(isMetadata);
      if (refused === undefined) callback(error, found, family);
      else callback(unreachable(refused));
    };
    lookup(name, options, answer);
  };
}

/** @param {string} address */
function unreachable(address) {
  const message = `connect EHOSTUNREACH ${address}: the metadata of this machine is out of reach of functions`;
  return Object.assign(new Error(message), { code: 'EHOSTUNREACH', syscall: 'connect', address });
}

net.Socket.prototype.connect = /** @type {any} */ (guarded);

module.exports = { connectionOptions };
