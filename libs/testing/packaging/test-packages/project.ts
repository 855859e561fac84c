import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { inject } from 'vitest';

export const workspaceModules = path.resolve(import.meta.dirname, '../../../../node_modules');

/** A user's project: a folder outside of the workspace and independent of it. */
export class Project implements AsyncDisposable {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Project> {
    return new Project(await mkdtemp(path.join(tmpdir(), 'project-')));
  }

  /** A new folder in the project in which all packages are installed. */
  static async installed(name: string, type: 'module' | 'commonjs' = 'module'): Promise<Project> {
    const project = new Project(path.join(inject('project'), name));
    await project.write('package.json', { name: 'orders', private: true, type });
    return project;
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  async write(file: string, content: string | object): Promise<void> {
    await mkdir(path.dirname(this.path(file)), { recursive: true });
    await writeFile(
      this.path(file),
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    );
  }

  /** Makes a file or a folder from elsewhere appear in the project. */
  async link(target: string, ...names: string[]): Promise<void> {
    await mkdir(path.dirname(this.path(...names)), { recursive: true });
    await symlink(target, this.path(...names));
  }

  /**
   * Runs a command in the project.
   * @returns its output on stdout and stderr
   * @throws when it fails, with its output
   */
  async run(command: string, ...args: string[]): Promise<string> {
    try {
      // Without colours, independent of this process's variables.
      const env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: '0' };
      const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: this.folder, env });
      return stdout + stderr;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A file that a README has the reader write: the block of code after a text such as "`src/work.ts`:". */
export async function readmeFile(readme: string, file: string): Promise<string> {
  const text = await readFile(readme, 'utf8');
  const [, code] =
    new RegExp(`\`${file}\`[^\`]*(?:\`[^\`]+\`[^\`]*)*?\n\n\`\`\`\\w+\n(.*?)\`\`\``, 's').exec(text) ?? [];
  if (code === undefined) throw new Error(`${readme} has no file ${file}`);
  return code;
}

/** The README's nth block of code in a language, from 0. */
export async function readmeBlock(readme: string, index = 0, language = 'ts'): Promise<string> {
  const fence = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms');
  const blocks = [...(await readFile(readme, 'utf8')).matchAll(fence)];
  const [, code] = blocks[index] ?? [];
  if (code === undefined) throw new Error(`${readme} has no block ${index}`);
  return code;
}
