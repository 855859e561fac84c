import { functionBuild } from '../../esbuild.shared.mjs';

export default functionBuild();
