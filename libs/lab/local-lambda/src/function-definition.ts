/** Environments of a function on Managed Instances, which stay in use while they process several invocations. */
export interface ManagedEnvironments {
  /** Maximum concurrent invocations in one environment: 1 to 1,600. Only AWS's runtime client has more than one at a time. */
  readonly perEnvironment: number;
  /** Maximum environments. @default no maximum */
  readonly maxEnvironments?: number;
}

/**
 * A Lambda function as its template describes it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export interface FunctionDefinition {
  /**
   * The name of the template, or else the id of the outermost construct: `promises` for `ParallelLambda/promises/Function`.
   */
  readonly name: string;
  /** Its key in the template's resources. */
  readonly logicalId: string;
  /** The path of its construct, such as `Shop/Orders/Function`, where CDK wrote it. */
  readonly constructPath?: string;
  /** The folder of its code, absolute. */
  readonly codeFolder: string;
  /** The folders of its layers, absolute, in the order in which they are laid over each other. @default none */
  readonly layers?: readonly string[];
  /** Scopes of npm, such as `@shop`, whose packages replace a layer: those that the function's project has. @default none */
  readonly layerScopes?: readonly string[];
  /** `file.export`, such as `handler.handler`. */
  readonly handler: string;
  /** Such as `nodejs24.x`. */
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** Set if the function runs on Managed Instances, which have other limits. */
  readonly managedInstances?: ManagedEnvironments;
  /** 128 to 10,240; on Managed Instances 2,048 to 32,768. */
  readonly memoryMb: number;
  /** 1 to 900; on Managed Instances 1 to 5,400. */
  readonly timeoutSeconds: number;
  /** Reserved concurrency of the template, if any; 0 stops the function. */
  readonly reservedConcurrency?: number;
  /** The variables, by name; references to served resources are resolved. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFormat: 'Text' | 'JSON';
  /** The least level that is logged, such as `INFO`; text logs have none. */
  readonly logLevel?: string;
  /** Settings of the template without effect on this machine, one sentence each. */
  readonly notes: readonly string[];
}
