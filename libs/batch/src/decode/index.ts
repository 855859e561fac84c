/**
 * Decoders for the option `decode` of `checked`.
 * @module @parallel-lambda/batch/decode
 */
export { base64 } from './base64.ts';
export type { Decoder, TextOrBytes } from './decoder.ts';
export { dynamoDbChange, type DynamoDbChange } from './dynamodb-change.ts';
export { eventBridgeEnvelope } from './event-bridge-envelope.ts';
export { gunzip } from './gunzip.ts';
export { isTombstone } from './is-tombstone.ts';
export { json } from './json.ts';
export { kafkaHeader, kafkaKey } from './kafka-metadata.ts';
export { s3Notification, type S3Notification } from './s3-notification.ts';
export { snsEnvelope } from './sns-envelope.ts';
export { utf8 } from './utf8.ts';
