/** Returns a property of an object; `undefined` if reading it throws, as it does in a revoked proxy, a strict mock or a getter. */
export function readProperty(object: object, name: PropertyKey): unknown {
  // Not `attempt`: a new function per property doubles the time of a returned object.
  try {
    return (object as Readonly<Record<PropertyKey, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** Returns the result of a call; `undefined` if it throws. */
export function attempt<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}

/** Returns whether an object has all of these methods. */
export function hasMethods(object: object, ...names: readonly PropertyKey[]): boolean {
  return names.every((name) => typeof readProperty(object, name) === 'function');
}

/** Returns whether a value is an object or a function. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

/** Returns the names of the properties of an object. */
export function keysOf(object: object): readonly string[] {
  return attempt(() => Object.keys(object)) ?? [];
}
