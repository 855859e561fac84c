/** What every client of the SDK is made with; region, credentials and endpoint are where the SDK finds them. */
export const clientSettings = {
  requestHandler: {
    /** Milliseconds: what does not answer by then is not there. */
    connectionTimeout: 5_000,
    /** Milliseconds; more than SQS waits for a message. */
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
  },
} as const;
