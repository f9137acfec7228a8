import { z } from 'zod'
import { AnyId } from '#lib/contracts/common.ts'
import { ChangeRoleInput, InviteInput, SetDisabledInput } from '#lib/contracts/members.ts'
import { changeRole } from '#server/services/accounts/change-role.ts'
import { invite } from '#server/services/accounts/invite.ts'
import { listMembers } from '#server/services/accounts/list-members.ts'
import { revokeInvitation } from '#server/services/accounts/revoke-invitation.ts'
import { setDisabled } from '#server/services/accounts/set-disabled.ts'
import { me } from '#server/services/users/me.ts'
import { authedProcedure, router } from '../trpc.ts'

export const membersRouter = router({
  me: authedProcedure.query(({ ctx }) => me({ ctx })),
  list: authedProcedure.query(({ ctx }) => listMembers({ ctx })),
  invite: authedProcedure.input(InviteInput).mutation(({ ctx, input }) => invite({ ctx, input })),
  revokeInvitation: authedProcedure
    .input(z.strictObject({ id: AnyId }))
    .mutation(({ ctx, input }) => revokeInvitation({ ctx, input })),
  changeRole: authedProcedure.input(ChangeRoleInput).mutation(({ ctx, input }) => changeRole({ ctx, input })),
  setDisabled: authedProcedure.input(SetDisabledInput).mutation(({ ctx, input }) => setDisabled({ ctx, input })),
})
