import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Another project, which is removed at the end. */
export interface Project extends AsyncDisposable {
  /** Absolute. */
  readonly folder: string;
}

/** Writes a project. @param files their text, by path */
export async function makeProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const { path: folder, [Symbol.asyncDispose]: remove } = await mkdtempDisposable(
    path.join(tmpdir(), 'project-'),
  );
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { folder, [Symbol.asyncDispose]: remove };
}

/** A SAM template with one function that reads a queue. */
export const ordersTemplate = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Incoming: { Type: AWS::SQS::Queue }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      Events:
        In:
          Type: SQS
          Properties: { Queue: !GetAtt Incoming.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
`;
