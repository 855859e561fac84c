/** Actions that succeed: work that returns, or whose promise is fulfilled, with a value that needs no running. */
export const succeedingActions = {
  succeed: () => undefined,
  'succeed later': () => Promise.resolve(),
  'return false': () => false,
  'return what looks like an outcome': () => ({ status: 'failed', error: 'returned, not thrown' }),
  'return an array': () => [1, undefined, { next: 'page' }, []],
  'return an iterable': () => new Map([[1, 2]]),
  'return a symbol': () => Symbol('returned'),
  'be fulfilled with what cannot be cloned': () => Promise.resolve(new WeakMap()),
  'return a thenable that is fulfilled': () => ({
    then: (fulfil: (value: unknown) => void) => {
      fulfil(undefined);
    },
  }),
} as const;
