import type { Redeployment, StackServerOptions } from '@parallel-lambda/local-stack/server';

import type { Display } from './display/display.ts';

/** What a person is told of a function whose assembly was built again. */
export function redeploymentText(redeployment: Redeployment): string {
  const { function: name } = redeployment;
  switch (redeployment.outcome) {
    case 'replaced':
      return `${name} was rebuilt: its next invocation runs the new one`;
    case 'refused':
      return `${name} was rebuilt, but the former one stays: ${redeployment.reason}`;
    case 'added':
      return `${name} is new: start lab serve again to serve it`;
    case 'removed':
      return `${name} was removed from the template: it is served until lab serve ends`;
  }
}

/** Notes a request that nobody answers here once for each function and operation. */
export function noteOnce(display: Display): NonNullable<StackServerOptions['onNotServed']> {
  const noted = new Set<string>();
  return ({ message }, caller) => {
    const sentence = `${caller === undefined ? '' : `${caller} called: `}${message}`;
    if (!noted.has(sentence)) display.note(sentence);
    noted.add(sentence);
  };
}
