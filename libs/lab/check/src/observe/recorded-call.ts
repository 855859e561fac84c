/** A request that the function made to a service, as the recording service received it. */
export interface RecordedCall {
  /** Number in the order of arrival, from 0. */
  readonly number: number;
  readonly method: string;
  /** Such as `https://orders.example.com/v1/orders?id=7`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Everything that a message could be recognized by: address, headers and body, decoded. */
  readonly text: string;
}

/** Outcome of a call. */
export type CallState = 'open' | 'answered' | 'cancelled';

/** The answer of a service. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Treatment of a call by the recording service. */
export type CallDecision =
  | { readonly kind: 'answer'; readonly answer: ServiceAnswer }
  /** Keep it without an answer until it is released. */
  | { readonly kind: 'hold' }
  /** Break the connection. */
  | { readonly kind: 'reset' };
