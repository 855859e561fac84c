import { reply, type ServiceError, type ServiceRequest } from './reply.ts';
import type { RequestedOperation } from './requested-operation.ts';
import { escapeXml, replyInXml } from './xml.ts';

/** Answers with an error in the way of the service that was asked. */
export function refuse(
  { response, headers }: Pick<ServiceRequest, 'response' | 'headers'>,
  { service, protocol }: Pick<RequestedOperation, 'service' | 'protocol'>,
  { status, code, message }: ServiceError,
): void {
  if (service === 's3') {
    const error = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
    reply(response, status, `<?xml version="1.0"?>${error}`, { 'Content-Type': 'application/xml' });
  } else if (protocol === 'query') {
    const error = `<Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    replyInXml(response, status, 'ErrorResponse', `<Error>${error}</Error>`);
  } else if (protocol === 'json') {
    reply(response, status, JSON.stringify({ __type: code, message }), {
      'Content-Type': headers['content-type'] ?? 'application/json',
      'x-amzn-ErrorType': code,
    });
  } else {
    const type = status < 500 ? 'User' : 'Service';
    reply(response, status, JSON.stringify({ Type: type, Message: message, message }), {
      'x-amzn-ErrorType': code,
    });
  }
}
