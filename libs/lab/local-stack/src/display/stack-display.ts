import { missingModuleHint, readableEntry } from '@parallel-lambda/local-lambda';
import { LiveText, wrapText, type Terminal } from '@parallel-lambda/report/terminal';

import type { ServedInvocation, ServedLogEntry } from '../served-invocation.ts';
import type { ServiceMap } from '../service-map.ts';
import type { StackServer, StackServerOptions } from '../stack-server.ts';
import { invocationJson, invocationText } from './invocation-text.ts';
import { noteOnce } from './notes.ts';
import { serviceMapText } from './service-map-text.ts';
import { StackTable } from './stack-table.ts';

/** Shows a served stack. Disposing leaves the last state on the screen. */
export interface StackDisplay extends Disposable {
  start(map: ServiceMap, server: StackServer): void;
  invocation(invocation: ServedInvocation): void;
  log(entry: ServedLogEntry): void;
  note(sentence: string): void;
  /** Shows or hides the functions' logs. */
  toggleLogs(): void;
}

/** Display of a stack. */
export interface DisplayOutput {
  /** Name of the command, which precedes notes. */
  readonly program: string;
  /** Prints a line on stdout. */
  readonly print: (line: string) => void;
  /** Prints a line on stderr. */
  readonly printError: (line: string) => void;
  /** Receives the functions' logs instead of stderr, line by line. @default none */
  readonly logFile?: ((line: string) => void) | undefined;
}

/** A terminal that shows a table. */
export interface DisplayTerminal {
  readonly stream: Terminal;
  /** Columns for the table. */
  readonly width: () => number;
}

/** Returns an entry of a function's log, prefixed by function and request; several lines stay together. */
function logText({ function: name, requestId, entry }: ServedLogEntry): string {
  return `${name} ${requestId.slice(0, 8)} | ${readableEntry(entry).replaceAll('\n', '\n  ')}`;
}

/**
 * Shows a line of JSON per invocation and per entry of the functions' logs.
 *
 * Lambda's own entries are not shown: the line of the invocation has their figures.
 */
export function jsonDisplay({ program, print, printError, logFile }: DisplayOutput): StackDisplay {
  return {
    start: (map) => {
      print(JSON.stringify(map));
    },
    invocation: (invocation) => {
      print(invocationJson(invocation));
    },
    log: (logged) => {
      const { function: name, requestId, entry, platform } = logged;
      if (logFile) logFile(logText(logged));
      else if (!platform) print(JSON.stringify({ function: name, requestId, log: entry }));
    },
    note: (sentence) => {
      printError(`${program}: ${sentence}`);
    },
    toggleLogs: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

/** Shows a line per invocation on stdout, and the functions' logs on stderr. */
export function lineDisplay({ program, print, printError, logFile }: DisplayOutput): StackDisplay {
  return {
    start: (map) => {
      print(serviceMapText(map));
    },
    invocation: (invocation) => {
      print(invocationText(invocation));
    },
    log: (logged) => {
      if (logFile) logFile(logText(logged));
      else if (!logged.platform) printError(logText(logged));
    },
    note: (sentence) => {
      printError(`${program}: ${sentence}`);
    },
    toggleLogs: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

const refreshMs = 500;

/** Shows a table that changes, and above it failed invocations, notes and, if wanted, the functions' logs. */
export class TableDisplay implements StackDisplay {
  readonly #output: DisplayOutput;
  readonly #terminal: DisplayTerminal;
  readonly #table = new StackTable();
  readonly #live: LiveText;
  #showsLogs = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(output: DisplayOutput, terminal: DisplayTerminal) {
    this.#output = output;
    this.#terminal = terminal;
    this.#live = new LiveText(terminal.stream);
  }

  start(map: ServiceMap, server: StackServer): void {
    this.#output.print(serviceMapText(map, this.#terminal.width()));
    const draw = (): void => {
      this.#table.countMessages(map, server);
      const keys = `l ${this.#showsLogs ? 'hides' : 'shows'} the functions' logs, Ctrl-C stops`;
      const table = this.#table.text(server, this.#terminal.width());
      this.#live.update(`\n${table}\n\n${this.#wrapped(keys)}`);
    };
    draw();
    this.#timer = setInterval(draw, refreshMs).unref();
  }

  invocation(invocation: ServedInvocation): void {
    this.#table.add(invocation);
    const failed = invocation.result.status !== 'success' || (invocation.batch?.failed ?? 0) > 0;
    if (failed) this.#above(this.#wrapped(invocationText(invocation)));
  }

  log(logged: ServedLogEntry): void {
    this.#output.logFile?.(logText(logged));
    if (this.#showsLogs && !logged.platform) this.#above(logText(logged));
  }

  note(sentence: string): void {
    this.#above(this.#wrapped(`${this.#output.program}: ${sentence}`));
  }

  toggleLogs(): void {
    this.#showsLogs = !this.#showsLogs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #wrapped(sentence: string): string {
    return wrapText(sentence, this.#terminal.width(), '  ');
  }

  #above(line: string): void {
    this.#live.above(() => {
      this.#output.printError(line);
    });
  }
}

/** Returns the listeners of a server that show all its events. */
export function displayListeners(
  display: StackDisplay,
): Pick<StackServerOptions, 'onInvocation' | 'onLog' | 'onError' | 'onNotServed'> {
  const note = (sentence: string): void => {
    display.note(sentence);
  };
  const noted = new Set<string>();
  return {
    onInvocation: (invocation) => {
      display.invocation(invocation);
      const hint = missingModuleHint(invocation.result);
      const sentence = `${invocation.function}: ${hint}`;
      if (hint !== undefined && !noted.has(sentence)) note(sentence);
      noted.add(sentence);
    },
    onLog: (entry) => {
      display.log(entry);
    },
    onError: (error) => {
      note(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    },
    onNotServed: noteOnce(note),
  };
}
