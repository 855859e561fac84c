/** A rejection that nobody handles: Node ends the process of the invocation that it belongs to. */
export class StrayRejection extends Error {
  override readonly name = 'StrayRejection';
  readonly invocation: number;

  constructor(invocation: number) {
    super(`Invocation ${invocation} let go of a promise that rejected`);
    this.invocation = invocation;
  }
}
