/** Attributes in DynamoDB JSON, such as `{ "id": { "N": "101" } }`. */
export type AttributeMap = Readonly<Record<string, unknown>>;

/** Types that JavaScript represents in several ways, as the caller chooses. */
interface Representation {
  readonly bytes: (base64: string) => unknown;
  readonly set: (members: readonly unknown[]) => unknown;
  /** An integer of more digits than a number holds exactly. */
  readonly largeInteger: (digits: string) => unknown;
}

/** The significant digits that a double keeps whatever the digits are: the value of DBL_DIG in C. */
const EXACT_DIGITS = 15;

const unchanged = <Value>(value: Value): Value => value;

/** JSON values: a set is a list, bytes are base64, an integer that a number cannot hold exactly is a string. */
export const asJson: Representation = { bytes: unchanged, set: unchanged, largeInteger: unchanged };

/** JavaScript values: `Set`, `Uint8Array` and, for an integer that a number cannot hold exactly, `bigint`. */
export const asValues: Representation = {
  bytes: (base64) => Buffer.from(base64, 'base64'),
  set: (members) => new Set(members),
  largeInteger: BigInt,
};

/** Converts attributes in DynamoDB JSON to plain values. An unknown type is kept unchanged. */
export function readAttributes(attributes: AttributeMap, as: Representation): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(attributes)) {
    const value = readValue(attributes[name], as);
    // Assigned, it would be the prototype.
    if (name === '__proto__') Object.defineProperty(values, name, { value, enumerable: true });
    else values[name] = value;
  }
  return values;
}

function readValue(attribute: unknown, as: Representation): unknown {
  if (typeof attribute !== 'object' || !attribute) return attribute;
  const [type = ''] = Object.keys(attribute);
  const value = (attribute as AttributeMap)[type];
  switch (type) {
    case 'S':
    case 'BOOL':
      return value;
    case 'NULL':
      return null;
    case 'N':
      return readNumber(String(value), as);
    case 'B':
      return as.bytes(String(value));
    case 'M':
      return readAttributes((value ?? {}) as AttributeMap, as);
    case 'L':
      return listOf(value).map((member) => readValue(member, as));
    case 'SS':
    case 'NS':
    case 'BS':
      return as.set(listOf(value).map((member) => readValue({ [type.charAt(0)]: member }, as)));
    default:
      return attribute;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** DynamoDB keeps 38 digits, a number about 16: more digits are never rounded without notice. */
function readNumber(text: string, as: Representation): unknown {
  const number = Number(text);
  const isInteger = /^-?\d+$/.test(text);
  if (isInteger ? Number.isSafeInteger(number) : significantDigits(text) <= EXACT_DIGITS) return number;
  return isInteger ? as.largeInteger(text) : text;
}

/** Compares the digits. A zero before the point only keeps the text. */
function significantDigits(text: string): number {
  return text.replace(/^[-+.0]+|\.|0*(e.*)?$/gi, '').length;
}
