import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** The handler that runs on this machine, or why there is none. */
export type FoundHandler =
  { readonly handler: string; readonly note?: string } | { readonly missing: string };

/** Variables in which handlers of observability layers take the handler that they wrap. */
const wrappedHandlers = ['DD_LAMBDA_HANDLER', 'NEW_RELIC_LAMBDA_HANDLER', 'LUMIGO_ORIGINAL_HANDLER'] as const;

/**
 * Finds the handler of a function in its code or its layers. A function whose code was not built fails on AWS too; here the reason
 * is reported before anything runs.
 *
 * @param handler of the template, such as `src/app.handler`
 * @param codeFolder absolute
 * @param layers folders, absolute
 * @param variables of the function. If the handler is that of a layer that is not on this machine, they name the function's own
 */
export function findHandler(
  handler: string,
  codeFolder: string,
  layers: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): FoundHandler {
  const missing = missingHandler(codeFolder, handler);
  if (missing === undefined || layers.some((layer) => inLayer(layer, handler))) return { handler };
  const own = wrappedHandlers.map((name) => ({ name, value: variables[name] })).find(({ value }) => value);
  if (own && typeof own.value === 'string' && missingHandler(codeFolder, own.value) === undefined) {
    return {
      handler: own.value,
      note: `its handler ${handler} is in a layer that is not loaded, so its own runs without it: ${own.name}=${own.value}`,
    };
  }
  if (!handler.startsWith('/opt/')) return { missing };
  return {
    missing: `its handler ${handler} is in a layer that is not on this machine. Pass --layer NAME=FOLDER with the layer's folder or zip file`,
  };
}

/** The handler of a layer is a path below `/opt`, or the name of a package. */
function inLayer(layer: string, handler: string): boolean {
  const [root, file] = handler.startsWith('/opt/')
    ? [layer, handler.slice('/opt/'.length)]
    : [path.join(layer, 'nodejs/node_modules'), handler];
  return missingHandler(root, file) === undefined;
}

function missingHandler(codeFolder: string, handler: string): string | undefined {
  // The export may be nested: its name begins at the first dot.
  const file = path.join(codeFolder, path.dirname(handler), path.basename(handler).replace(/\..*$/, ''));
  const has = (extensions: readonly string[]): boolean =>
    extensions.some((extension) => existsSync(`${file}${extension}`));
  // Node.js takes a folder with an index file, too.
  if (isFolder(file) || has(['', '.js', '.mjs', '.cjs'])) return undefined;
  if (has(['.ts', '.mts', '.cts'])) {
    return `its handler ${handler} is TypeScript that was not built. Run sam build or your build step, and serve its output`;
  }
  return `its handler ${handler} is missing: there is no ${path.basename(file)}.js, .mjs or .cjs in ${path.dirname(file)}. Check Handler and CodeUri, or run sam build or your build step first`;
}

function isFolder(candidate: string): boolean {
  return statSync(candidate, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
