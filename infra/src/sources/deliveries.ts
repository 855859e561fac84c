/**
 * How often a message is delivered before it is given up, whatever the source: the least that AWS advises for a
 * queue that Lambda reads.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const deliveries = 5;
