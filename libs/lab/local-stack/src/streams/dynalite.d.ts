declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Makes a DynamoDB with its data in memory. Times are in milliseconds. */
  export default function dynalite(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): Server;
}
