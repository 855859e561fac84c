import { reply, type ServiceError, type ServiceRequest } from './reply.ts';

/** The operation that a request of AWS's JSON protocol asks for, such as `PutRecord`. */
export function operationOf({ headers }: ServiceRequest): string {
  return String(headers['x-amz-target']).split('.')[1] ?? '';
}

/** Answers as services with AWS's JSON protocol do. */
export function replyAsJson({ response, headers }: ServiceRequest, body: object): void {
  reply(response, 200, JSON.stringify(body), {
    'Content-Type': headers['content-type'] ?? 'application/json',
  });
}

/** Answers an error as they do. */
export function refuseAsJson({ response, headers }: ServiceRequest, error: ServiceError): void {
  const { status, code, message } = error;
  reply(response, status, JSON.stringify({ __type: code, message }), {
    'Content-Type': headers['content-type'] ?? 'application/json',
    'x-amzn-ErrorType': code,
  });
}
