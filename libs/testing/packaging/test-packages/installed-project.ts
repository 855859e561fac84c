import { pack, packages } from './packages.ts';
import { Project } from './project.ts';

/**
 * A user's project in which the packed packages are installed.
 *
 * @param more what else npm is told: other packages, options
 */
export async function installedProject(...more: readonly string[]): Promise<Project> {
  const project = await Project.create();
  const tarballs = await pack(project.folder);
  await project.write('package.json', { name: 'orders', private: true, type: 'module' });
  await project.run(
    ...(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', 'esbuild@0.28.2'] as const),
    ...packages.map((name) => tarballs[name]),
    ...more,
  );
  return project;
}
