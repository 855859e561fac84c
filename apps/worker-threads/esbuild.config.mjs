import { threadEntries } from '@parallel-lambda/thread-workers/esbuild';

import { functionBuild } from '../../esbuild.shared.mjs';

export default functionBuild([threadEntries()]);
