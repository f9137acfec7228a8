/**
 * Who may import whom (ARCHITECTURE in docs/architecture.md). Each rule names what must not be imported from where;
 * `server/testing/zones.test.ts` breaks every one of them once and expects to be told.
 */
const TESTS =
  '\\.(test|int\\.test|stories)\\.tsx?$|/testing/|testing\\.ts$|testkit\\.ts$|conformance\\.ts$|\\.fake\\.ts$|/fixtures'

const PAGE_WORKERS = '^components/.+\\.worker\\.ts$'

const forbid = (name, from, to, more = {}) => ({
  name,
  severity: 'error',
  from: { pathNot: TESTS, ...from },
  to: { ...to, ...more },
})

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    forbid(
      'core-is-pure',
      { path: '^lib/workflow/' },
      {
        path: '^(server|components|app|drizzle|lib/steps|lib/contracts)/|^node_modules/(react|next|pg|postgres|drizzle-orm)/',
      },
    ),
    forbid('core-has-no-node', { path: '^lib/workflow/' }, { dependencyTypes: ['core'] }),
    forbid('lib-stands-alone', { path: '^lib/' }, { path: '^(server|components|app|drizzle)/' }),
    forbid(
      'definitions-are-browser-safe',
      { path: '^lib/steps/([^/]+/definition|definitions)' },
      { path: '/executors?\\.ts$' },
    ),
    forbid(
      'definitions-have-no-node',
      { path: '^lib/steps/([^/]+/definition|definitions)' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'executors-belong-to-workers',
      {
        pathNot: `${TESTS}|^lib/(steps|simulation)/|^server/worker\\.ts$|^server/(bench|prove)/|^server/engine/[^/]+/worker/`,
      },
      { path: '^lib/steps/([^/]+/executor|executors)\\.ts$' },
    ),
    forbid('tables-know-nobody', { path: '^drizzle/schema/' }, { path: '^(server|components|app)/' }),
    forbid(
      'db-knows-tables-only',
      { path: '^server/db/' },
      { path: '^server/(engine|services|api|live|providers|notifications)/|^(app|components)/' },
    ),
    forbid(
      'engine-below-services',
      { path: '^server/engine/' },
      { path: '^server/(services|api|live|providers|notifications|auth)/|^(app|components)/' },
    ),
    forbid('services-below-api', { path: '^server/services/' }, { path: '^server/api/|^(app|components)/' }),
    forbid('services-know-the-port-only', { path: '^server/services/' }, { path: '^server/engine/(?!port\\.ts$)' }),
    forbid('api-below-app', { path: '^server/api/' }, { path: '^(app|components)/' }),
    forbid(
      'no-worker-in-web',
      { path: '^(app|components|server/api|server/services)/|^server/web\\.ts$' },
      { path: '^server/engine/[^/]+/worker/', reachable: true },
    ),
    // A Web Worker of a page may execute steps, by simulating: it is a bundle of its own, which no route loads.
    forbid(
      'no-executors-in-web',
      {
        path: '^(app|components|server/api|server/services)/|^server/web\\.ts$',
        pathNot: `${TESTS}|${PAGE_WORKERS}`,
      },
      { path: '^lib/steps/([^/]+/executor|executors)\\.ts$', reachable: true },
    ),
    forbid(
      'simulation-stays-in-workers',
      {
        path: '^(app|components|server)/|^server/web\\.ts$',
        pathNot: `${TESTS}|${PAGE_WORKERS}|^server/cli(/|\\.ts$)`,
      },
      { path: '^lib/simulation/(?!types\\.ts$)', reachable: true },
    ),
    forbid(
      'components-take-types-only',
      { path: '^components/' },
      { path: '^(server|drizzle)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'app-goes-through-the-api',
      { path: '^app/' },
      { path: '^(drizzle/|server/(engine|providers|notifications)/)' },
    ),
    forbid(
      'rooms-are-apart',
      { path: '^lib/steps/([^/]+)/' },
      { path: '^lib/steps/([^/]+)/', pathNot: '^lib/steps/$1/' },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(\\.next|dist|coverage|storybook-static)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
