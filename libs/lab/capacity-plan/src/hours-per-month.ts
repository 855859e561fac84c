/** Hours of a month in AWS's prices. */
export const hoursPerMonth = 730;
