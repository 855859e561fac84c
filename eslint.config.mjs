import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom, one constraint a tag: docs/architecture.md draws it. */
const importRules = [
  { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: ['layer:machine'] },
  { sourceTag: 'layer:technique', onlyDependOnLibsWithTags: ['layer:contract', 'layer:tests'] },
  { sourceTag: 'layer:workload', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:metrics', onlyDependOnLibsWithTags: ['layer:contract'] },
  {
    sourceTag: 'layer:tracing',
    onlyDependOnLibsWithTags: ['layer:contract', 'layer:technique', 'layer:machine'],
  },
  {
    sourceTag: 'layer:redelivery',
    onlyDependOnLibsWithTags: ['layer:contract', 'layer:technique', 'layer:machine', 'layer:tests'],
  },
  {
    sourceTag: 'layer:function',
    onlyDependOnLibsWithTags: [
      'layer:technique',
      'layer:contract',
      'layer:workload',
      'layer:metrics',
      'layer:redelivery',
    ],
  },
  { sourceTag: 'layer:tests', onlyDependOnLibsWithTags: ['layer:contract', 'layer:machine'] },
  { sourceTag: 'layer:machine', onlyDependOnLibsWithTags: ['layer:machine'] },
  { sourceTag: 'layer:lab', onlyDependOnLibsWithTags: ['layer:machine'] },
  {
    sourceTag: 'layer:bench',
    onlyDependOnLibsWithTags: ['layer:machine', 'layer:workload', 'layer:technique', 'layer:contract'],
  },
  { sourceTag: 'layer:packaging', onlyDependOnLibsWithTags: ['layer:machine'] },
  { sourceTag: 'layer:docs', onlyDependOnLibsWithTags: ['layer:machine'] },
  { sourceTag: 'layer:cdk', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:infra', onlyDependOnLibsWithTags: ['layer:cdk'] },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/out-tsc',
      '**/cdk.out',
      '**/test-output',
      '**/node_modules',
      '**/vitest*.config.ts',
      'vitest.shared.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, prettier],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@nx': nx, 'import-x': importX },
    rules: {
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', ['parent', 'sibling', 'index']],
          pathGroups: [{ pattern: '@parallel-lambda/**', group: 'external' }],
          pathGroupsExcludedImportTypes: [],
          'newlines-between': 'always',
          alphabetize: { order: 'asc', caseInsensitive: true },
        },
      ],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: importRules,
          allow: [],
          // Loaded lazily by commands that also work locally: the AWS SDK takes long to load.
          checkDynamicDependenciesExceptions: ['@parallel-lambda/deployed-stack'],
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Only tests import these.
    files: ['{apps,libs,libs/lab,libs/testing}/*/src/**/*.ts', 'src/**/*.ts'],
    ignores: ['libs/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['@parallel-lambda/conformance*', '@parallel-lambda/fake-aws'] },
      ],
    },
  },
  {
    // The sources of `batch` import nothing; its tests build their events with `event-sources`.
    files: ['libs/batch/src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@parallel-lambda/*'] }],
    },
  },
);
