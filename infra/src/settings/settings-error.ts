/** A setting that cannot be deployed. Its message is one sentence: what came, and what there is. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
