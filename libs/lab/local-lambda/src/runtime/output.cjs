/** @type {Set<NodeJS.WriteStream>} */
const opened = new Set();

/**
 * Notices which of the process's output streams the function uses. They are not opened here, since opening
 * them takes milliseconds of INIT.
 */
function watchOutput() {
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    const property = Object.getOwnPropertyDescriptor(process, name);
    const open = property?.get;
    if (!open) continue;
    const get = () => {
      const stream = /** @type {NodeJS.WriteStream} */ (open.call(process));
      opened.add(stream);
      return stream;
    };
    Object.defineProperty(process, name, { ...property, get });
  }
}

/**
 * Waits until what the function wrote to its output has left the process: beyond a pipe's buffer Node keeps
 * it in memory, and it would reach the log of the next invocation.
 */
async function flushOutput() {
  for (const stream of opened) {
    if (stream.writableLength > 0) await new Promise((resolve) => stream.write('', resolve));
  }
}

module.exports = { watchOutput, flushOutput };
