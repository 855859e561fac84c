/**
 * Calls a function when Lambda shuts the environment down with SIGTERM, then lets the process end. Lambda sends SIGTERM only
 * to a function that has an extension; otherwise it ends the process without notice.
 *
 * @param release called once; it stops listening when it has released everything
 * @param onError called with the reason when the release fails
 * @returns stops listening
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
 */
export function onShutdown(release: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let releasing: Promise<void> | undefined;
  const listener = (): void => {
    releasing ??= release()
      .catch(onError)
      .finally(() => {
        process.off('SIGTERM', listener);
        // With another listener, that one decides when the process ends.
        if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
      });
  };
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGTERM', listener);
  };
}
