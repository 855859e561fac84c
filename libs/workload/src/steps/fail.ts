import { FailStepError } from '../errors.ts';
import { wholeNumber } from '../whole-number.ts';
import { isTrue } from './is-true.ts';
import type { StepKind } from './step-kind.ts';

const deliveries = wholeNumber(1, 1000);

/**
 * Fails: always, or, with a number, only while the message has been received at most so often (always, where
 * the source does not count).
 */
export const fail: StepKind<number | true> = {
  name: 'fail',
  nature: 'computes',
  takes: 'true, or a whole number of deliveries from 1 to 1000',
  accepts: (argument): argument is number | true => isTrue(argument) || deliveries(argument),
  run(failing, { receiveCount }) {
    if (failing === true) throw new FailStepError('The step {"fail": true} always fails');
    if (receiveCount === undefined) {
      throw new FailStepError(
        `The step {"fail": ${failing}} fails, because this source does not count deliveries`,
      );
    }
    if (receiveCount <= failing) {
      throw new FailStepError(`The step {"fail": ${failing}} fails on delivery ${receiveCount}`);
    }
  },
};
