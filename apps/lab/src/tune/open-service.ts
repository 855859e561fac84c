import { modelOf, serveDownstream, serviceText, type ServiceSetting } from '@parallel-lambda/downstream';

/** A service behind the tuned functions. */
export interface OpenService extends AsyncDisposable {
  readonly url: string;
  /** The service in words. */
  readonly text: string;
  /** Environment variables with the URL. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Serves the service of the option `--downstream`, if it is given. */
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
