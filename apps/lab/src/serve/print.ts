import {
  invocationJson,
  invocationText,
  serviceMapText,
  StackTable,
  type ServedInvocation,
  type ServiceMap,
  type StackServer,
} from '@parallel-lambda/local-stack/server';
import { LiveText } from '@parallel-lambda/report';

import { textWidth, warn } from '../shared/terminal.ts';

/** Shows a served stack. */
export interface Display extends Disposable {
  start(map: ServiceMap, server: StackServer): void;
  invocation(invocation: ServedInvocation): void;
  note(sentence: string): void;
}

/** Shows lines of JSON, a table that changes on a terminal, or elsewhere a line per invocation. */
export function openDisplay(json: boolean): Display {
  if (!json && process.stdout.isTTY) return new TableDisplay();
  return {
    start(map) {
      console.log(json ? JSON.stringify(map) : serviceMapText(map));
    },
    invocation(invocation) {
      console.log(json ? invocationJson(invocation) : invocationText(invocation));
    },
    note: warn,
    [Symbol.dispose]: () => undefined,
  };
}

const refreshMs = 500;

class TableDisplay implements Display {
  readonly #table = new StackTable();
  readonly #live = new LiveText(process.stdout);
  #timer: NodeJS.Timeout | undefined;

  start(map: ServiceMap, server: StackServer): void {
    console.log(serviceMapText(map));
    const draw = (): void => {
      this.#table.countMessages(map, server);
      this.#live.update(`\n${this.#table.text(server, textWidth())}\n\nCtrl-C to stop`);
    };
    draw();
    this.#timer = setInterval(draw, refreshMs).unref();
  }

  invocation(invocation: ServedInvocation): void {
    this.#table.add(invocation);
  }

  note(sentence: string): void {
    this.#live.above(() => {
      warn(sentence);
    });
  }

  /** The last table stays. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
