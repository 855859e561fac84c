/** Something that no plan can be made of. Its message is for whoever asked for it. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
