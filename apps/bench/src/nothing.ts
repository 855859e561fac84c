/** Does nothing, so that only the technique allocates memory. */
export default function nothing(): void {
  // Nothing to do.
}
