import type { LiveEvent } from './use-live.ts'

/**
 * How the tabs of one browser share one event stream. One tab leads: it holds the lock, reads the stream and tells the
 * others. When it goes, the lock passes on and the next leader resumes where the last one was.
 *
 * 1. Only the holder of the lock opens a stream.
 * 2. A leader in a hidden tab keeps the stream as long as it works: what it reads needs no timers.
 * 3. A visible follower takes the lock away from a leader that is silent, or hidden and without a connection.
 * 4. Whatever was missed for certain is streamed again from `position`; where that is not certain, everybody is told to
 *    look for themselves (a delivery of nothing).
 *
 * Pure: given the state and what happened, the next state and what is to be done.
 */

/** `lost`: tried again soon. `refused`: nobody is signed in; tried again when somebody looks. */
export type Link = 'connecting' | 'open' | 'lost' | 'refused'

export interface LiveState {
  readonly role: 'follower' | 'leader'
  readonly visible: boolean
  /** The leader's link, as far as a follower knows. */
  readonly link: Link
  readonly leaderVisible: boolean
  /** When the stream or the leader was last heard, ms. */
  readonly heardAt: number
  /** Where in the stream this tab is; null: nowhere yet. */
  readonly position: string | null
  /** Failed attempts in a row. */
  readonly tries: number
}

/** What tabs say to each other. */
export type LiveMessage =
  | { readonly kind: 'hello' }
  | { readonly kind: 'state'; readonly link: Link; readonly visible: boolean; readonly position: string | null }
  | { readonly kind: 'events'; readonly events: readonly LiveEvent[]; readonly position: string | null }
  | { readonly kind: 'beat' }

export type LiveInput =
  /** The lock was granted, or taken away. */
  | { readonly type: 'leads' | 'deposed'; readonly at: number }
  /** The tab came to the front, or went behind. */
  | { readonly type: 'shown' | 'hidden'; readonly at: number }
  | { readonly type: 'opened' | 'beat' | 'retry' | 'tick'; readonly at: number }
  | {
      readonly type: 'read'
      readonly events: readonly LiveEvent[]
      readonly position: string | null
      readonly at: number
    }
  | { readonly type: 'ended'; readonly why: 'over' | 'lost' | 'refused'; readonly at: number }
  | { readonly type: 'message'; readonly message: LiveMessage; readonly at: number }

export type LiveCommand =
  | { readonly do: 'open'; readonly after: string | null }
  | { readonly do: 'close' }
  | { readonly do: 'retry'; readonly ms: number }
  | { readonly do: 'tell'; readonly message: LiveMessage }
  /** To this tab's own readers; nothing: look for yourselves. */
  | { readonly do: 'deliver'; readonly events: readonly LiveEvent[] }
  | { readonly do: 'take-lead' }

type Step = readonly [LiveState, readonly LiveCommand[]]

/** The server beats each 15 s. */
const SILENT_MS = 40_000
/** A tab that comes to the front after a sleep gives the leader this long to answer. */
const GRACE_MS = 4_000
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const

export function initialLive(position: string | null, visible: boolean, at: number): LiveState {
  return { role: 'follower', visible, link: 'connecting', leaderVisible: true, heardAt: at, position, tries: 0 }
}

export function live(state: LiveState, input: LiveInput): Step {
  switch (input.type) {
    case 'leads':
      return told({ ...state, role: 'leader', link: 'connecting', heardAt: input.at, tries: 0 }, [open(state)])
    case 'deposed':
      return [{ ...state, role: 'follower', heardAt: input.at }, [{ do: 'close' }]]
    case 'shown':
      return shown({ ...state, visible: true }, input.at)
    case 'hidden':
      return state.role === 'leader' ? told({ ...state, visible: false }) : [{ ...state, visible: false }, []]
    case 'opened':
      return opened(state, input.at)
    case 'beat':
      return [{ ...state, heardAt: input.at }, [{ do: 'tell', message: { kind: 'beat' } }]]
    case 'read':
      return read(state, input)
    case 'ended':
      return ended(state, input.why)
    case 'retry':
      return state.role === 'leader' && state.link !== 'open' ? [state, [open(state)]] : [state, []]
    case 'tick':
      return watch(state, input.at)
    case 'message':
      return state.role === 'leader' ? answer(state, input.message) : follow(state, input.message, input.at)
  }
}

const open = (state: LiveState): LiveCommand => ({ do: 'open', after: state.position })
const LOOK: LiveCommand = { do: 'deliver', events: [] }

/** The state as the others need to know it, after `commands`. */
function told(state: LiveState, commands: readonly LiveCommand[] = []): Step {
  const { link, visible, position } = state
  return [state, [...commands, { do: 'tell', message: { kind: 'state', link, visible, position } }]]
}

function shown(state: LiveState, at: number): Step {
  if (state.role === 'follower') {
    // Timers and messages stood still with the tab: the leader is asked before it is taken for dead.
    const heardAt = Math.max(state.heardAt, at - SILENT_MS + GRACE_MS)
    return [{ ...state, heardAt }, [{ do: 'tell', message: { kind: 'hello' } }]]
  }
  const [watched, commands] = watch(state, at)
  const again = commands.length === 0 && (state.link === 'lost' || state.link === 'refused')
  return told(watched, again ? [open(state)] : commands)
}

function opened(state: LiveState, at: number): Step {
  // From a known position the stream itself brings what was missed; after a gap readers are told all the same, because
  // what they asked for meanwhile may have failed.
  const look = state.link !== 'connecting' || state.position === null
  return told({ ...state, link: 'open', heardAt: at, tries: 0 }, look ? [LOOK] : [])
}

function read(state: LiveState, { events, position, at }: LiveInput & { type: 'read' }): Step {
  const next = { ...state, heardAt: at, position: position ?? state.position }
  if (events.length === 0) return [next, []]
  return [
    next,
    [
      { do: 'tell', message: { kind: 'events', events, position: next.position } },
      { do: 'deliver', events },
    ],
  ]
}

function ended(state: LiveState, why: 'over' | 'lost' | 'refused'): Step {
  if (state.role === 'follower') return [state, []]
  // The server ends each stream after a while so that rights are checked anew: nothing is amiss.
  if (why === 'over' && state.link === 'open') return [{ ...state, link: 'connecting' }, [open(state)]]
  if (why === 'refused') return told({ ...state, link: 'refused' })
  const ms = RETRY_MS[Math.min(state.tries, RETRY_MS.length - 1)] ?? 15_000
  return told({ ...state, link: 'lost', tries: state.tries + 1 }, [{ do: 'retry', ms }])
}

/** Looks after a stream, or a leader, that fell silent. */
function watch(state: LiveState, at: number): Step {
  const silent = at - state.heardAt > SILENT_MS
  if (state.role === 'leader') {
    if (!silent || state.link !== 'open') return [state, []]
    return told({ ...state, link: 'lost', heardAt: at }, [open(state)])
  }
  const helpless = state.link === 'lost' && !state.leaderVisible
  if (!state.visible || !(silent || helpless)) return [state, []]
  return [{ ...state, heardAt: at }, [{ do: 'take-lead' }]]
}

function answer(state: LiveState, message: LiveMessage): Step {
  return message.kind === 'hello' ? told(state) : [state, []]
}

function follow(state: LiveState, message: LiveMessage, at: number): Step {
  const heard = { ...state, heardAt: at }
  switch (message.kind) {
    case 'hello':
      return [state, []]
    case 'beat':
      return [heard, []]
    case 'events':
      return [{ ...heard, link: 'open', position: message.position }, [{ do: 'deliver', events: message.events }]]
    case 'state': {
      const next = {
        ...heard,
        link: message.link,
        leaderVisible: message.visible,
        position: message.position ?? state.position,
      }
      const cameBack = message.link === 'open' && (state.link === 'lost' || state.link === 'refused')
      // Events that came between this tab's page and its first word with the leader are known by nobody here.
      const missed = message.position !== null && message.position !== state.position
      return [next, cameBack || missed ? [LOOK] : []]
    }
  }
}
