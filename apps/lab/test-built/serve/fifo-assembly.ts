import { changedAssembly, type TemporaryAssembly } from './changed-assembly.ts';

/** The synthesized stack with FIFO queues, as `--context source=fifo` has it. */
export async function fifoAssembly(): Promise<TemporaryAssembly> {
  return changedAssembly((resources) => {
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type === 'AWS::SQS::Queue') Properties.FifoQueue = true;
      if (Type === 'AWS::Lambda::EventSourceMapping') Properties.BatchSize = 10;
    }
  });
}
