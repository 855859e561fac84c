import {
  invocation,
  json,
  outputs,
  requestId,
  stack,
  type Answer,
  type Input,
} from '@parallel-lambda/fake-aws';
import { formatReport } from '@parallel-lambda/local-lambda';

type Variables = Readonly<Record<string, string>>;

/** The configuration of a deployed function. */
export interface Deployed {
  readonly MemorySize: number;
  readonly Variables: Variables;
}

/** The configuration before tuning. */
export const original: Deployed = { MemorySize: 3008, Variables: { WORKERS: '50', TABLE: 'orders' } };
/** Functions whose configuration can be changed, and whose duration is inversely proportional to their memory size. */
export class DeployedFunctions {
  readonly now = new Map<string, Deployed>([
    [outputs.PromisesFunctionName, original],
    [outputs.WorkerThreadsFunctionName, original],
  ]);
  /** The memory sizes that were set, in order. */
  readonly changes: number[] = [];
  onInvoke: (deployed: Deployed) => Answer | undefined = () => undefined;

  readonly answers = {
    DescribeStacks: () => stack(outputs),
    GetFunctionConfiguration: ({ url }: Input) => this.configuration(nameIn(url)),
    UpdateFunctionConfiguration: ({ url, MemorySize, Environment }: Input) => {
      const { Variables } = Environment as { readonly Variables: Variables };
      this.changes.push(MemorySize as number);
      this.now.set(nameIn(url), { MemorySize: MemorySize as number, Variables });
      return this.configuration(nameIn(url));
    },
    Invoke: ({ url, payload }: Input) => {
      const deployed = this.now.get(nameIn(url)) ?? original;
      const { length } = (payload as { readonly Records: readonly unknown[] }).Records;
      const durationMs = (length * 3538) / deployed.MemorySize;
      const report = {
        requestId,
        durationMs,
        billedDurationMs: Math.ceil(durationMs),
        memorySizeMb: deployed.MemorySize,
        maxMemoryUsedMb: 70,
        ...(length === 10 && { initDurationMs: 50 }),
      };
      const log = `${formatReport(report)}\n`;
      return this.onInvoke(deployed) ?? invocation({ payload: '{"batchItemFailures":[]}', log });
    },
  };

  configuration(name: string): Answer {
    const { MemorySize = 0, Variables = {} } = this.now.get(name) ?? {};
    return json({
      FunctionArn: arnOf(name),
      MemorySize,
      Architectures: ['arm64'],
      Environment: { Variables },
      LastUpdateStatus: 'Successful',
    });
  }

  all(): readonly Deployed[] {
    return [...this.now.values()];
  }
}

/** Returns the ARN of a function. */
export function arnOf(name: string): string {
  return `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
}

/** Returns the function's name from a URL with its name or ARN. */
function nameIn(url: unknown): string {
  const [, reference = ''] = /functions\/([^/]+)\//.exec(decodeURIComponent(String(url))) ?? [];
  return reference.split(':').at(-1) ?? '';
}
