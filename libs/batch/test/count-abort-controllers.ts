import { vi, type Mock } from 'vitest';

/** Has the one that it returns be called for every `AbortController` that is made, until globals are unstubbed. */
export function countAbortControllers(): Mock<() => void> {
  const made = vi.fn<() => void>();
  const Counted = class extends AbortController {
    constructor() {
      super();
      made();
    }
  };
  vi.stubGlobal('AbortController', Counted);
  return made;
}
