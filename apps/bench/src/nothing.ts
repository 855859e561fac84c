/** Work that does nothing, for threads to load. */
export default function nothing(): void {
  // All that is measured is what is done for it.
}
