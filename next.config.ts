import type { NextConfig } from 'next'

const config: NextConfig = {
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
