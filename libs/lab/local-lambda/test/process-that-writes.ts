import { LocalFunction } from '../src/index.ts';
import { definition } from './definition.ts';

// Invokes a function that writes to /tmp, and prints the result, as the current user.
await using local = new LocalFunction(definition('handlers', 'pool.leavesFile'), { limits: 'enforced' });
const result = await local.invoke({ name: 'a' });
const payload = result.status === 'success' ? result.payload : result;
process.stdout.write(JSON.stringify({ limits: local.limits, isolation: local.isolation, payload }));
