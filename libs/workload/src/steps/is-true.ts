/** `true`, as the argument of a step that needs none. */
export function isTrue(argument: unknown): argument is true {
  return argument === true;
}
