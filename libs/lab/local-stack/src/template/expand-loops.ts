import { isRecord } from '@parallel-lambda/local-lambda';

import { recordOf } from '../stack/template-resource.ts';
import { listOf } from './intrinsic-values.ts';

const prefix = 'Fn::ForEach::';

/** Returns the items of a loop. @throws {LabError} if they are not known before deployment */
export type ItemsOf = (loop: string, collection: unknown) => readonly string[];

/**
 * Writes out the loops of a template, nested ones included: each item of a loop adds the entries of its body.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(value: unknown, itemsOf: ItemsOf): unknown {
  if (Array.isArray(value)) return value.map((each) => expandLoops(each, itemsOf));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([key, each]): readonly (readonly [string, unknown])[] => {
    if (!key.startsWith(prefix)) return [[key, expandLoops(each, itemsOf)]];
    const [identifier, collection, body] = listOf(each);
    return itemsOf(key, collection).flatMap((item) =>
      Object.entries(recordOf(expandLoops(withItem(body, String(identifier), item), itemsOf))),
    );
  });
  return Object.fromEntries(entries);
}

/** Replaces the identifier of a loop, in keys too. `&{…}` takes an item without its special characters. */
function withItem(value: unknown, identifier: string, item: string): unknown {
  const replaced = (text: string): string =>
    text
      .replaceAll(`\${${identifier}}`, item)
      .replaceAll(`&{${identifier}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));
  if (typeof value === 'string') return replaced(value);
  if (Array.isArray(value)) return value.map((each) => withItem(each, identifier, item));
  if (!isRecord(value)) return value;
  if (value.Ref === identifier) return item;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [replaced(key), withItem(each, identifier, item)]),
  );
}
