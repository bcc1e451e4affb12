/** A signal that is aborted when the process is told to stop, for commands that have nothing to finish. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(new Error('The command was told to stop.'));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return controller.signal;
}
