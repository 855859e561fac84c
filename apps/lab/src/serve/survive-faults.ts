/**
 * Reports exceptions and rejections that nobody handles instead of ending the process: nothing but its user ends a server that
 * holds queues.
 */
export function surviveFaults(onFault: (error: unknown) => void): Disposable {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  for (const event of events) process.on(event, onFault);
  return {
    [Symbol.dispose]() {
      for (const event of events) process.off(event, onFault);
    },
  };
}
