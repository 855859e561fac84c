import { describe, expect, it } from 'vitest';

import { InvalidOptionError } from '../../src/index.ts';
import { checkOptions, checkWork } from '../../src/technique/index.ts';

const known = ['work', 'workers'];

describe('options', () => {
  it.each([[{}], [{ work: 1 }], [{ work: undefined, workers: 2 }], [Object.create(null)]])(
    'may be %o',
    (options) => {
      checkOptions('promiseWorkers', options, known);
    },
  );

  it.each([
    ['concurrency', 'Did you mean workers?'],
    ['maxConcurrency', 'Did you mean workers?'],
    ['Workers', 'Did you mean workers?'],
    ['worker', 'Did you mean workers?'],
    ['wrokers', 'Did you mean workers?'],
    ['handler', 'Did you mean work?'],
    ['recordHandler', 'Did you mean work?'],
    ['maxWorkers', 'Did you mean workers?'],
    ['workerCount', 'Did you mean workers?'],
    ['workFn', 'Did you mean work?'],
    ['filename', 'Did you mean work?'],
    ['colour', 'Its options are work, workers.'],
    ['', 'Its options are work, workers.'],
    ['__proto__x', 'Its options are work, workers.'],
  ])('may not have %j', (name, hint) => {
    const check = (): void => {
      checkOptions('promiseWorkers', { work: 1, [name]: 5 }, known);
    };
    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow(`Unknown option '${name}' of promiseWorkers. ${hint}`);
  });

  it.each([
    ['numThreads', 'threads'],
    ['safetyMarginMs', 'marginMs'],
    ['marginSeconds', 'marginMs'],
    ['gracePeriod', 'graceMs'],
    ['throwOnFullFailure', 'onFullFailure'],
  ])('may not have %j, which holds the name of %j', (name, option) => {
    const all = ['work', 'workers', 'threads', 'marginMs', 'graceMs', 'onFullFailure', 'logger'];
    expect(() => {
      checkOptions('batchHandler', { [name]: 5 }, all);
    }).toThrow(`Did you mean ${option}?`);
  });

  it.each([[undefined], [null], ['work'], [() => undefined]])('must be an object, not %o', (options) => {
    const check = (): void => {
      checkOptions('promiseWorkers', options, known);
    };
    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow('The options of promiseWorkers must be an object such as { work }, not ');
  });
});

describe('work', () => {
  it.each([[() => undefined], [async () => Promise.resolve()]])('may be %o', (work) => {
    checkWork('promiseWorkers', work);
  });

  it.each([
    [undefined, 'not undefined'],
    [null, 'not null'],
    ['./work.js', "not './work.js'"],
    [{ default: () => undefined }, 'not { default: [Function: default] }'],
    [
      function* () {
        yield 1;
      },
      'not [GeneratorFunction (anonymous)]',
    ],
    [
      async function* () {
        yield await Promise.resolve(1);
      },
      'not [AsyncGeneratorFunction (anonymous)]',
    ],
  ])('may not be %o', (work, message) => {
    const check = (): void => {
      checkWork('promiseWorkers', work);
    };
    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow(message);
  });
});
