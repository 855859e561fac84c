const net = require('node:net');
const tls = require('node:tls');

const { connectionOptions } = require('./block-metadata.cjs');

/** @typedef {import('./block-metadata.cjs').Options} Options */

/**
 * Replaces encrypted connections by plain ones that look encrypted to their users.
 *
 * @param {(options: Options) => boolean} isReplaced whether a connection is made plain
 * @returns {WeakSet<import('node:net').Socket>} the sockets of these connections
 */
function replaceTls(isReplaced) {
  /** @type {WeakSet<import('node:net').Socket>} */
  const replaced = new WeakSet();
  const { connect } = tls;
  const plain = /** @param {any[]} parameters */ (...parameters) => {
    const [first, callback] = connectionOptions(parameters);
    const more = parameters.slice(1, 3).find((each) => typeof each === 'object' && each !== null);
    const options = { ...first, ...more };
    // A connection that is encrypted later does not carry HTTP.
    if (options.socket || options.path || !isReplaced(options))
      return Reflect.apply(connect, tls, parameters);
    const socket = Object.assign(new net.Socket(), asIfEncrypted);
    replaced.add(socket);
    if (callback) socket.once('secureConnect', callback);
    socket.once('connect', () => socket.emit('secureConnect'));
    return socket.connect(options);
  };
  tls.connect = /** @type {any} */ (plain);
  return replaced;
}

/** Properties and methods of a `node:tls` socket that libraries use. */
const asIfEncrypted = {
  encrypted: true,
  authorized: true,
  authorizationError: null,
  alpnProtocol: false,
  getCipher: () => ({
    name: 'TLS_AES_128_GCM_SHA256',
    standardName: 'TLS_AES_128_GCM_SHA256',
    version: 'TLSv1.3',
  }),
  getPeerCertificate: () => ({ subject: {}, issuer: {} }),
  getProtocol: () => 'TLSv1.3',
  getSession: () => undefined,
  isSessionReused: () => false,
  setServername: () => undefined,
};

module.exports = { replaceTls };
