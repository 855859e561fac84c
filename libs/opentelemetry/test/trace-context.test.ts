import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromTraceparent, fromXRayHeader, toTraceparent } from '../src/trace-context.ts';
import { producer } from './set-up.ts';

const { traceId, spanId } = producer;
const sampled = { traceId, spanId, traceFlags: 1, isRemote: true };

describe('a W3C traceparent', () => {
  it('is read and written', () => {
    expect(fromTraceparent(producer.traceparent)).toEqual(sampled);
    expect(toTraceparent(sampled)).toBe(producer.traceparent);
  });

  it('is read of a later version, and unsampled', () => {
    expect(fromTraceparent(`cc-${traceId}-${spanId}-00-what-comes-later`)).toEqual({
      ...sampled,
      traceFlags: 0,
    });
  });

  it.each([
    undefined,
    42,
    '',
    '00',
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-${spanId}`,
  ])('is ignored if it is %s', (value) => {
    expect(fromTraceparent(value)).toBeUndefined();
  });
});

describe('a trace header of X-Ray', () => {
  it.each([
    [producer.xRay, 1],
    ['Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0', 0],
    ['Parent=53995c3f42cd8ad8; Root=1-5759e988-bd862e3fe1be46a994272793', 0],
    ['Self=1-5f-1;Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1', 1],
  ])('is read: %s', (header, traceFlags) => {
    expect(fromXRayHeader(header)).toEqual({ ...sampled, traceFlags });
  });

  it.each([
    undefined,
    '',
    'Root=1-5759e988-bd862e3fe1be46a994272793',
    'Parent=53995c3f42cd8ad8',
    'Root=1-2-3',
  ])('is ignored if it is %s', (header) => {
    expect(fromXRayHeader(header)).toBeUndefined();
  });
});

it('reads any value without throwing', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (value, text) => {
      fromTraceparent(value);
      fromTraceparent(text);
      fromXRayHeader(value);
      fromXRayHeader(text);
    }),
    { seed: 20261128 },
  );
});
