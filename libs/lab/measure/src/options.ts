/** Seconds: with the report, five minutes. */
export const defaultBudget = 285;
