import { serveTrpc } from '#server/api/trpc-route.ts'

export { serveTrpc as GET, serveTrpc as POST }
