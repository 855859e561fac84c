/** The whole numbers from `from` to `to`, both included, as the argument of a step. */
export function wholeNumber(from: number, to: number) {
  return (argument: unknown): argument is number =>
    Number.isInteger(argument) && (argument as number) >= from && (argument as number) <= to;
}
