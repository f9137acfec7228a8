import type { NextConfig } from 'next'

/**
 * The API is at /api/v1; /api/<same> and /v1/<same> answer alike. What lives under /api itself keeps its place, except
 * the API's own calls under /api/auth, whose names the sign-in library does not use.
 */
const rewrites: NextConfig['rewrites'] = async () => ({
  beforeFiles: [
    { source: '/api/auth/:call(login|refresh|logout)', destination: '/api/v1/auth/:call' },
    { source: '/v1/:path*', destination: '/api/v1/:path*' },
    { source: '/api/:path((?!(?:v1|auth|trpc|docs)(?:/|$)).+)', destination: '/api/v1/:path' },
  ],
  afterFiles: [],
  fallback: [],
})

const config: NextConfig = {
  rewrites,
  // The same wherever the same sources are built; null: drawn at random.
  generateBuildId: () => process.env.SCAFF_BUILD_ID ?? null,
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded from node_modules as they are: they start threads or read files of their own.
  serverExternalPackages: ['pino', 'postgres', 'swagger-ui-dist', 'nodemailer'],
  // Types are checked by `npm test`; a first start need not wait for them again.
  typescript: { ignoreBuildErrors: true },
}

export default config
