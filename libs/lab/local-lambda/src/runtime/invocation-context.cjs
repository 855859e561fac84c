/**
 * The handler's second argument. Also sets `_X_AMZN_TRACE_ID`, which belongs to the invocation.
 *
 * @param {ReadonlyMap<string, string>} headers of the Runtime API's next invocation
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
function invocationContext(headers) {
  const deadlineMs = Number(headers.get('lambda-runtime-deadline-ms'));
  const awsRequestId = headers.get('lambda-runtime-aws-request-id');
  if (!awsRequestId) throw new Error('The Runtime API handed over an event without a request id');
  const traceId = headers.get('lambda-runtime-trace-id');
  if (traceId) process.env['_X_AMZN_TRACE_ID'] = traceId;
  else delete process.env['_X_AMZN_TRACE_ID'];
  return {
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: headers.get('lambda-runtime-invoked-function-arn'),
    awsRequestId,
    tenantId: undefined,
    xRayTraceId: traceId,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

module.exports = { invocationContext };
