import { serveNextAuth } from '#server/auth/next-auth.ts'

export { serveNextAuth as GET, serveNextAuth as POST }
