/** The directions of the house. Each is an error: a boundary that only warns is not one. */
const inside = (folder) => `^${folder}/`;

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'rules-import-nothing-of-ours',
      severity: 'error',
      comment: 'The rules are pure: no other package, no Node, no framework.',
      from: { path: inside('packages/rules/src'), pathNot: '\\.test\\.ts$' },
      to: { path: ['^packages/(server|web)/', '^e2e/', '^bench/'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      comment: 'No I/O and no clock in the rules: nothing of Node.',
      from: { path: inside('packages/rules/src'), pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-runtime-without-yaml',
      severity: 'error',
      comment: 'The browser gets the engine, never the YAML reader: only definition/ and check/ read YAML.',
      from: {
        path: inside('packages/rules/src'),
        pathNot: ['^packages/rules/src/(definition|check|cases)/', '\\.test\\.ts$'],
      },
      to: { path: 'node_modules/(yaml|z3-solver)/' },
    },
    {
      name: 'server-imports-rules-only',
      severity: 'error',
      from: { path: inside('packages/server') },
      to: { path: ['^packages/web/', '^e2e/', '^bench/'] },
    },
    {
      name: 'web-imports-rules-only',
      severity: 'error',
      from: { path: inside('packages/web') },
      to: { path: ['^packages/server/', '^e2e/', '^bench/'] },
    },
    {
      name: 'e2e-speaks-http-only',
      severity: 'error',
      from: { path: inside('e2e') },
      to: { path: '^packages/(server|web)/' },
    },
    {
      name: 'platform-knows-no-slice',
      severity: 'error',
      from: { path: inside('packages/server/src/platform'), pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/server/src/(?!platform/)[^/]+/' },
    },
    {
      name: 'slice-only-through-its-index',
      severity: 'error',
      comment: 'Another slice is entered through index.ts (what it offers) or routes.ts (from app.ts).',
      from: { path: '^packages/server/src/(?!platform/|cli/|testing/)([^/]+)/' },
      to: {
        path: '^packages/server/src/(?!platform/|testing/)[^/]+/',
        pathNot: ['^packages/server/src/$1/', '^packages/server/src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'only-routes-touch-the-web-framework',
      severity: 'error',
      from: {
        path: inside('packages/server/src'),
        pathNot: [
          '/routes[a-z-]*\\.ts$',
          '^packages/server/src/app\\.ts$',
          '^packages/server/src/platform/http/',
          '\\.test\\.ts$',
          '^packages/server/src/testing/',
        ],
      },
      to: { path: 'node_modules/(fastify|@fastify)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-stores-touch-sql',
      severity: 'error',
      from: {
        path: inside('packages/server/src'),
        pathNot: [
          '/store[a-z-]*\\.ts$',
          '^packages/server/src/platform/(db|audit)/',
          '\\.test\\.ts$',
          '^packages/server/src/testing/',
        ],
      },
      to: { path: 'node_modules/(kysely|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-kit-imports-antd',
      severity: 'error',
      from: { path: inside('packages/web/src'), pathNot: '^packages/web/src/kit/' },
      to: { path: 'node_modules/(antd|@ant-design)/' },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: ['\\.test\\.tsx?$', '/testing/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.keshen)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
