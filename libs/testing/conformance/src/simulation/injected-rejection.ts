/** A rejection that work leaves unhandled on purpose: Node.js would end the process of its invocation. */
export class InjectedRejection extends Error {
  override readonly name = 'InjectedRejection';
  readonly invocation: number;

  constructor(invocation: number) {
    super(`Invocation ${invocation} left a rejection unhandled`);
    this.invocation = invocation;
  }
}
