import { findRuntimeModules } from '@parallel-lambda/local-lambda';

/** A public layer whose replacement is known. */
interface KnownLayer {
  /** Matches its name. */
  readonly pattern: RegExp;
  /** The scope of npm that has the same packages. */
  readonly scope?: string;
  /** The end of a sentence about its absence. */
  readonly missing: string;
}

const knownLayers: readonly KnownLayer[] = [
  {
    pattern: /powertools.*typescript/i,
    scope: '@aws-lambda-powertools',
    missing:
      'is not loaded. Run npm install --save-dev in your project with the packages of @aws-lambda-powertools that the function imports',
  },
  {
    pattern: /AppConfig-Extension|Parameters-and-Secrets/i,
    missing:
      'is an extension, which is not started. To answer its requests, listen on port 2773 of this machine',
  },
  {
    pattern: /LambdaInsights|Datadog-Extension|NewRelic.*Extension|dynatrace|elastic-apm-extension/i,
    missing: 'is an extension, which is not started, so it collects nothing here',
  },
];

/** Returns the name of a layer from its ARN, or from the reference to its ARN. */
export function layerName(arn: string): string {
  const parameter = /\{\{resolve:ssm:([^}]*?)(?::\d+)?\}\}/.exec(arn)?.[1];
  return parameter ?? /^arn:[^:]*:lambda:[^:]*:[^:]*:layer:([^:]+)/.exec(arn)?.[1] ?? arn;
}

/** Returns whether a name that the user gave is that of a layer: its name, or its ARN with or without version. */
export function isNamed(arn: string, name: string): boolean {
  return [arn, arn.replace(/:\d+$/, ''), layerName(arn)].includes(name);
}

/** Returns the scopes of npm with the packages of a layer. */
export function packageScopes(arn: string): readonly string[] {
  const scope = knownLayer(arn)?.scope;
  return scope === undefined ? [] : [scope];
}

/**
 * Says what a layer that is not on this machine means for a function, and what to do.
 *
 * @param codeFolder of the function, absolute
 */
export function missingLayerNote(arn: string, codeFolder: string): string {
  const name = layerName(arn);
  const known = knownLayer(arn);
  const load = `pass --layer ${name}=FOLDER, or a zip file instead of the folder`;
  if (known?.scope !== undefined && hasPackages(codeFolder, known.scope)) {
    return `instead of its layer ${name}, it has the packages ${known.scope}/* of your project`;
  }
  if (known) return `its layer ${name} ${known.missing}${known.scope === undefined ? '' : `, or ${load}`}`;
  const arnOfLayer = arn.startsWith('arn:') ? arn : 'ARN';
  return `its layer ${name} is not loaded. To load it, ${load} (aws lambda get-layer-version-by-arn --arn ${arnOfLayer} prints where its zip file is)`;
}

function hasPackages(codeFolder: string, scope: string): boolean {
  const { packages } = findRuntimeModules(codeFolder, [scope]);
  return [...packages.keys()].some((name) => name.startsWith(`${scope}/`));
}

function knownLayer(arn: string): KnownLayer | undefined {
  return knownLayers.find(({ pattern }) => pattern.test(layerName(arn)));
}
