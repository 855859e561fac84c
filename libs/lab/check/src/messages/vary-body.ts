import { isRecord } from '@parallel-lambda/local-lambda';

/** Counters begin here: a call with one of six digits is recognized, a call with a `7` is not. */
const firstCounter = 100_001;

/** Names of fields that hold what makes a message different from all others. */
const identifying =
  /(?:^|[a-z_-])(?:id|key|uuid|guid|number|no|ref|reference|code|name|email|sku|url|fetch)$/i;

/** Names of fields that hold one of few values. */
const enumerating = /(?:^|[a-z_-])(?:event|action|method|operation|type|command)[_-]?name$/i;

/**
 * Makes the body of a message from a template: `{n}` is a counter, `{id}` an identifier. Without these, the fields of a
 * JSON body that hold identifiers get a counter, so that calls can be recognized by them.
 *
 * @param index number of the message, from 0
 */
export function bodyFrom(template: string, index: number): string {
  const counter = firstCounter + index;
  if (/\{(?:n|id)\}/.test(template)) {
    return template.replaceAll('{n}', String(counter)).replaceAll('{id}', `check-${counter}`);
  }
  const json = parsed(template);
  return json === undefined ? template : JSON.stringify(varied(json, '', counter));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function varied(value: unknown, name: string, counter: number): unknown {
  if (Array.isArray(value)) return value.map((each) => varied(each, name, counter));
  if (isRecord(value)) {
    // The attributes of a DynamoDB item name their types: {"id": {"S": "7"}}.
    const fields = Object.entries(value).map(([key, field]) => {
      return [key, varied(field, /^[SN]$/.test(key) ? name : key, counter)];
    });
    return Object.fromEntries(fields);
  }
  if (!identifying.test(name) || enumerating.test(name)) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return counter;
  return typeof value === 'string' && value !== '' ? variedText(value, counter) : value;
}

function variedText(text: string, counter: number): string {
  const digits = String(counter);
  // A UUID keeps its form.
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text))
    return text.slice(0, -12) + digits.padStart(12, '0');
  if (/\d+$/.test(text)) return text.replace(/\d+$/, digits);
  return /^[\w./:@-]+$/.test(text) && !text.includes('@') ? `${text}-${digits}` : text;
}
