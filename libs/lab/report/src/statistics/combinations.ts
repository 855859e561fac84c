/** Returns the number of ways to choose k of n. */
export function combinations(of: number, choose: number): number {
  let ways = 1;
  for (let i = 1; i <= choose; i++) ways = (ways * (of - choose + i)) / i;
  return ways;
}
