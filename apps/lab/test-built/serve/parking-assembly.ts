import { changedAssembly, type TemporaryAssembly } from './changed-assembly.ts';

/** The synthesized stack with a parking queue per function, as `--context parking=on` has it. */
export async function parkingAssembly(): Promise<TemporaryAssembly> {
  return changedAssembly((resources, outputs) => {
    for (const [id, { Type, Properties }] of Object.entries(resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const queue = `${id}ParkingQueue`;
      resources[queue] = { Type: 'AWS::SQS::Queue', Properties: {} };
      const { Variables = {} } = (Properties.Environment ?? {}) as { readonly Variables?: object };
      Properties.Environment = { Variables: { ...Variables, PARKING_QUEUE_URL: { Ref: queue } } };
      const [key] =
        Object.entries(outputs).find(([, { Value }]) => (Value as { readonly Ref?: string }).Ref === id) ??
        [];
      if (key !== undefined) {
        outputs[key.replace('FunctionName', 'ParkingQueueUrl')] = { Value: { Ref: queue } };
      }
    }
  });
}
