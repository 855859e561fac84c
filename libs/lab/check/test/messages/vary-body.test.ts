import { expect, it } from 'vitest';

import { bodyFrom } from '../../src/messages/vary-body.ts';

it('replaces the counter and the identifier of a template', () => {
  expect(bodyFrom('{"order":{n},"ref":"{id}"}', 3)).toBe('{"order":100004,"ref":"check-100004"}');
});

it.each([
  ['{"orderId":7}', '{"orderId":100001}'],
  ['{"id":"A-17"}', '{"id":"A-100001"}'],
  ['{"id":"4f0c2c1e-91a4-4f0e-8a53-0f3c2d1b9a77"}', '{"id":"4f0c2c1e-91a4-4f0e-8a53-000000100001"}'],
  ['{"lines":[{"sku":"blue"}]}', '{"lines":[{"sku":"blue-100001"}]}'],
  ['{"id":{"S":"A-17"},"count":{"N":"3"}}', '{"id":{"S":"A-100001"},"count":{"N":"3"}}'],
  ['[{"fetch":"http://service/1"}]', '[{"fetch":"http://service/100001"}]'],
])('gives identifying fields a counter: %s', (template, body) => {
  expect(bodyFrom(template, 0)).toBe(body);
});

it.each([
  '{"total":12.5,"text":"two words","valid":true}',
  'no JSON',
  '{"email":"a@example.com"}',
  '{"eventName":"INSERT","method_name":"put"}',
])('does not change anything else: %s', (template) => {
  expect(bodyFrom(template, 0)).toBe(template);
});
