import { redeploymentText } from './display/notes.ts';
import type { StackDisplay } from './display/stack-display.ts';
import type { StackInputs } from './stack/read-stacks.ts';
import type { StackServer } from './stack-server.ts';
import { watchAssembly } from './watch-assembly.ts';

/**
 * Redeploys a served stack whenever its assembly was synthesized again, and shows the changes.
 *
 * @param folder of the assembly or template, absolute
 * @param onError receives why a changed assembly could not be served
 */
export function redeployOnChange(
  server: StackServer,
  folder: string,
  inputs: StackInputs,
  display: StackDisplay,
  onError: (error: unknown) => void,
): Disposable {
  const onChange: Parameters<typeof watchAssembly>[1]['onChange'] = (changed) => {
    for (const one of server.redeploy(changed)) display.note(redeploymentText(one));
  };
  return watchAssembly(folder, { onChange, onError }, inputs);
}
