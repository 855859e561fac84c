/** Calls a function when a key is pressed. Does nothing if stdin is not a terminal. */
export function onKey(key: string, pressed: () => void): Disposable {
  const { stdin } = process;
  if (!stdin.isTTY) return { [Symbol.dispose]: () => undefined };
  const onData = (keys: Buffer): void => {
    const text = keys.toString();
    // In raw mode the terminal sends Ctrl-C as a character.
    if (text.includes('\u0003')) process.kill(process.pid, 'SIGINT');
    else if (text.includes(key)) pressed();
  };
  stdin.setRawMode(true).on('data', onData).unref();
  return {
    [Symbol.dispose]() {
      stdin.off('data', onData).setRawMode(false).pause();
    },
  };
}
