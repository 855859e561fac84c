import { region } from '@parallel-lambda/local-lambda';

/**
 * Calls an operation of SNS at an endpoint, in its query protocol.
 *
 * @throws {Error} with the message of SNS, if SNS refuses it
 */
export async function callSns(endpoint: string, parameters: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    // The endpoint does not check the signature, but takes the region from it.
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region()}/sns/aws4_request` },
    body: new URLSearchParams({ ...parameters, Version: '2010-03-31' }),
  });
  if (response.ok) return;
  throw new Error(/<Message>([^<]*)/.exec(await response.text())?.[1] ?? `status ${response.status}`);
}
