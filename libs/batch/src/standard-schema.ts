/**
 * The part of Standard Schema, the common interface of validation libraries, that this library uses.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output> {
  /** The entry point of the interface. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | PromiseLike<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** Result of a schema. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** Reason why a value is invalid. */
export interface SchemaIssue {
  /** The text of the schema library. */
  readonly message: string;
  /** The keys that lead to the value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** The violated rule: `code` in zod and arktype, `type` in valibot. It is not part of Standard Schema. */
  readonly code?: unknown;
  /** The violated rule in valibot. */
  readonly type?: unknown;
}
