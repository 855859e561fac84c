/** The commands that CDK's `NodejsFunction` runs around its own bundling: `ICommandHooks` of `aws-lambda-nodejs`. */
interface CommandHooks {
  beforeBundling(inputDir: string, outputDir: string): string[];
  beforeInstall(inputDir: string, outputDir: string): string[];
  afterBundling(inputDir: string, outputDir: string): string[];
}

/** What is bundled beside the handler. */
export interface ThreadHooksOptions {
  /** The work module, relative to the folder of the project's lock file: `src/work.ts`. */
  readonly work: string;
  /** @default false */
  readonly minify?: boolean;
  /** @default false */
  readonly sourceMap?: boolean;
  /** Modules that the bundle leaves out. @default ['@aws-sdk/*', '@smithy/*']: Lambda's runtime has them */
  readonly externalModules?: readonly string[];
}

/**
 * Command hooks for CDK's `NodejsFunction`, which bundles one file and takes no esbuild plugins: after it has bundled the
 * handler they add the work module and the file from which the threads start. The handler must be bundled as an ES
 * module, `format: OutputFormat.ESM`.
 *
 * @example
 * new NodejsFunction(this, 'Orders', {
 *   entry: 'src/handler.ts',
 *   bundling: { format: OutputFormat.ESM, commandHooks: threadHooks({ work: 'src/work.ts' }) },
 * });
 */
export function threadHooks(options: ThreadHooksOptions): CommandHooks {
  const { work, minify, sourceMap, externalModules = ['@aws-sdk/*', '@smithy/*'] } = options;
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (inputDir, outputDir) => [
      [
        'npx --no-install bundle-threads',
        `"${inputDir}/${work}"`,
        `--outdir "${outputDir}"`,
        ...(minify ? ['--minify'] : []),
        ...(sourceMap ? ['--sourcemap'] : []),
        ...externalModules.map((name) => `--external "${name}"`),
      ].join(' '),
    ],
  };
}
