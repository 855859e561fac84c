import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { reply } from './reply.ts';

const cloudFormation = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** Answers as services with the query protocol do. */
export function replyInXml(
  response: ServerResponse,
  status: number,
  name: string,
  content: string,
  namespace = cloudFormation,
): void {
  const metadata = element('ResponseMetadata', element('RequestId', randomUUID()));
  const document = `<?xml version="1.0"?><${name} xmlns="${namespace}">${content}${metadata}</${name}>`;
  reply(response, status, document, { 'Content-Type': 'text/xml' });
}

/** @param content XML */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** Escapes a text that becomes the content of an element. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // Or else a reader of XML would make it a line feed.
      .replaceAll('\r', '&#xD;')
  );
}
