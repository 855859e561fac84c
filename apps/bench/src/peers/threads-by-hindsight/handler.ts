import type { SqsEvent, SqsRecord } from '../sqs.ts';
import { workOnShares } from '../two-threads.ts';

/**
 * The least that two threads can do for hashes that differ, by one who knows beforehand what each costs: dealt the
 * longest first, each to the thread that has less to do. Otherwise as two threads by hand.
 */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const shares = [1, 2].map(() => ({ cost: 0, records: [] as SqsRecord[] }));
  const known = records.map((record) => ({ record, cost: costOf(record) }));
  for (const { record, cost } of known.toSorted((one, other) => other.cost - one.cost)) {
    const [share] = shares.toSorted((one, other) => one.cost - other.cost);
    share?.records.push(record);
    if (share) share.cost += cost;
  }
  return workOnShares(shares.map((share) => share.records));
}

/** Each cost of bcrypt takes twice as long as the one before. */
function costOf({ body }: SqsRecord): number {
  return 2 ** (JSON.parse(body) as { readonly hash: number }).hash;
}
