import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A mount of this machine. */
interface Mount {
  readonly folder: string;
  readonly options: readonly string[];
}

/** The options of a mount that a namespace of users may not take away. */
const locked = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime'];

/**
 * The bind mounts of a new root folder, in the format of `fstab`, so that one `mount --all` makes them.
 *
 * @see https://man7.org/linux/man-pages/man5/fstab.5.html
 */
export class MountTable {
  readonly #root: string;
  readonly #mounts: readonly Mount[];
  readonly #lines: string[] = [];

  /**
   * @param root absolute path of the new root folder
   * @param mountInfo the mounts of this machine. @default `/proc/self/mountinfo`
   */
  constructor(root: string, mountInfo = readFileSync('/proc/self/mountinfo', 'utf8')) {
    this.#root = root;
    this.#mounts = parseMounts(mountInfo);
  }

  /** Adds a file or folder that can be written to. */
  writable(source: string, target: string): void {
    this.#add(source, target, ['rbind']);
  }

  /** Adds a read-only file or folder, with all mounts below it. */
  readOnly(source: string, target: string): void {
    this.#add(source, target, ['rbind', 'ro', ...this.#lockedOptions(source)]);
    for (const { folder } of this.#mounts) {
      const below = path.relative(source, folder);
      if (below === '' || below.startsWith('..')) continue;
      this.#add(folder, path.join(target, below), ['rbind', 'ro', ...this.#lockedOptions(folder)]);
    }
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #add(source: string, target: string, options: readonly string[]): void {
    const fields = [source, path.join(this.#root, target)].map(escape);
    this.#lines.push([...fields, 'none', options.join()].join(' '));
  }

  /** Returns the options of the innermost mount that holds a path. */
  #lockedOptions(source: string): readonly string[] {
    const holding = this.#mounts.filter(({ folder }) => !path.relative(folder, source).startsWith('..'));
    const innermost = holding.sort((a, b) => a.folder.length - b.folder.length).at(-1);
    return locked.filter((option) => innermost?.options.includes(option));
  }
}

function parseMounts(mountInfo: string): readonly Mount[] {
  return mountInfo
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, , , , folder = '', options = ''] = line.split(' ');
      return { folder: unescape(folder), options: options.split(',') };
    });
}

function escape(text: string): string {
  return text.replaceAll(
    /[\s\\#]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}

function unescape(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
