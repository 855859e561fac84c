/** What `cdk.json` and `--context name=value` say; from the command line every value is text. */
export type Context = Readonly<Record<string, unknown>>;
