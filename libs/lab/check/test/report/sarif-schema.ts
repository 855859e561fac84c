import { createRequire } from 'node:module';

import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const draft4 = require('ajv/lib/refs/json-schema-draft-04.json') as object;
/** The schema of OASIS, by its address at the JSON Schema Store. */
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;

const validator = new Ajv({ schemaId: 'auto', allErrors: true });
validator.addMetaSchema(draft4);
const validate = validator.compile(schema);

/** Returns what in a text is not SARIF 2.1.0, and where. */
export function sarifErrors(text: string): readonly string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ dataPath, message = '' }) => `${dataPath} ${message}`);
}
