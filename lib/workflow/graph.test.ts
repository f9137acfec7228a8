import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { workflowGraph } from './graph.ts'
import { workflow } from './testkit.ts'
import { canonical, flow } from './validate-testkit.ts'

const FIXTURES = new URL('fixtures/', import.meta.url)

/** Edges as `from -kind:label-> to`, which reads like the drawing. */
function ways(text: string): readonly string[] {
  return workflowGraph(canonical(text), stepCatalog).edges.map(
    ({ from, to, kind, label }) => `${from} -${kind}${label === null ? '' : `:${label}`}-> ${to ?? 'end'}`,
  )
}

const FORM = (id: string, more = '') => `id: ${id}\ntype: form\nfields: [{key: k_${id}, type: boolean}]\n${more}`

describe('a workflow as a graph', () => {
  it('has its steps as nodes in the order of the text, with type and name', () => {
    const graph = workflowGraph(canonical(flow(FORM('b', 'name: Brief'), FORM('a'))), stepCatalog)
    expect(graph.start).toBe('b')
    expect(graph.nodes).toEqual([
      { id: 'b', type: 'form', name: 'Brief' },
      { id: 'a', type: 'form', name: null },
    ])
  })

  it('goes from each step to the following one, and from the last to the end', () => {
    expect(ways(flow(FORM('a'), FORM('b')))).toEqual(['a -next-> b', 'b -next-> end'])
  })

  it('says at both ways of a condition which one it is, also where one is not written', () => {
    const ask = FORM('a')
    expect(ways(flow(ask, 'id: c\ntype: conditional\ncondition: k_a\nif_true: end', FORM('b')))).toEqual([
      'a -next-> c',
      'c -branch:true-> end',
      'c -branch:false-> b',
      'b -next-> end',
    ])
    expect(ways(flow(ask, 'id: c\ntype: conditional\ncondition: k_a\nif_false: end', FORM('b')))).toContain(
      'c -branch:true-> b',
    )
  })

  it('labels cases by their conditions, and the way that is left', () => {
    const cases = 'id: c\ntype: conditional\ncases: [{when: k_a, next: end}]'
    expect(ways(flow(FORM('a'), cases, FORM('b')))).toEqual([
      'a -next-> c',
      'c -branch:k_a-> end',
      'c -branch:otherwise-> b',
      'b -next-> end',
    ])
    expect(
      ways(flow(FORM('a'), `${cases}\ndefault: end`, FORM('b', 'when: k_a')).replace('next: end', 'next: b')),
    ).toEqual(['a -next-> c', 'c -branch:k_a-> b', 'c -branch:otherwise-> end', 'b -next-> end'])
  })

  it('draws what follows a rejection, a wish for changes, a timeout and an error apart from the plain way', () => {
    const gate =
      'id: g\ntype: approval\napprovers: [a@b.co]\non_reject: r\non_revise: {to: a, max: 2}\ntimeout: 1h\non_timeout: t\non_error: e'
    const text = flow(
      FORM('a'),
      gate,
      FORM('p', 'next: end'),
      FORM('r', 'next: end'),
      FORM('t', 'next: end'),
      FORM('e'),
    )
    expect(ways(text).filter((way) => way.startsWith('g '))).toEqual([
      'g -next-> p',
      'g -reject-> r',
      'g -revise-> a',
      'g -timeout-> t',
      'g -error-> e',
    ])
  })

  it('takes a step of an unknown type as one that goes on', () => {
    const graph = workflowGraph(
      workflow([
        { id: 'a', type: 'gone' },
        { id: 'b', type: 'gone', next: 'nowhere' },
      ]),
      stepCatalog,
    )
    expect(graph.edges).toEqual([{ from: 'a', to: 'b', kind: 'next', label: null }])
  })

  it.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.yaml')))(
    'leads from every step of %s somewhere',
    (name) => {
      const graph = workflowGraph(canonical(readFileSync(new URL(name, FIXTURES), 'utf8')), stepCatalog)
      const left = new Set(graph.edges.map(({ from }) => from))
      expect(graph.nodes.filter(({ id }) => !left.has(id))).toEqual([])
    },
  )
})
