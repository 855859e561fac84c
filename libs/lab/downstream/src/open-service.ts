import { modelOf, serviceText } from './model-of.ts';
import { serveDownstream } from './serve.ts';
import type { ServiceSetting } from './service-setting.ts';

/** A service behind the tuned functions. */
export interface OpenService extends AsyncDisposable {
  readonly url: string;
  /** The service in words. */
  readonly text: string;
  /** Environment variables with the URL. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Serves a service on this machine, if one is given. */
export async function openService(setting: ServiceSetting | undefined): Promise<OpenService | undefined> {
  if (!setting) return undefined;
  const service = await serveDownstream(modelOf(setting));
  return {
    url: service.url,
    text: serviceText(setting),
    variables: { [setting.variable]: service.url },
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
