import { describe, expect, it } from 'vitest'
import { references } from './references.ts'

/** `root.path`, with `?` where absence is handled. */
function read(source: string): string[] {
  return references(source).map(({ root, path, guarded }) => [root, ...path].join('.') + (guarded ? '?' : ''))
}

describe('references', () => {
  it.each<[string, string[]]>([
    ['1 + 2', []],
    ['topic', ['runtime.topic']],
    ['runtime.topic', ['runtime.topic']],
    ['runtime', ['runtime']],
    ["steps['my-step'].output[0].x", ['steps.my-step.output.0.x']],
    ['a[b].c', ['runtime.a', 'runtime.b']],
    ['a[b["c"]]', ['runtime.a', 'runtime.b.c']],
    ['lower(a) == b.c and not d', ['runtime.a', 'runtime.b.c', 'runtime.d']],
    ['any(x.y > limit for x in items if x.z)', ['runtime.items', 'runtime.limit']],
    ['any(a + b for a, b in pairs)', ['runtime.pairs']],
    ['any(x for x in x)', ['runtime.x']],
    ['first(items).name', ['runtime.items']],
    ['[a, "b"][c]', ['runtime.a', 'runtime.c']],
    ['a ? b : c', ['runtime.a', 'runtime.b', 'runtime.c']],
    ['env.KEY', ['env.KEY']],
    ['-a', ['runtime.a']],
    ['a in b', ['runtime.a', 'runtime.b']],
    ['default(a.b, c)', ['runtime.a.b?', 'runtime.c']],
    ['a | d(0)', ['runtime.a?']],
    ['default(lower(a), b)', ['runtime.a', 'runtime.b']],
    ['default(a[b], 1)', ['runtime.a?', 'runtime.b']],
    ['default(default(a, b), 1)', ['runtime.a?', 'runtime.b?']],
    ['default(x ? a : b, 1)', ['runtime.x', 'runtime.a?', 'runtime.b?']],
    ['default(a and b, 1)', ['runtime.a', 'runtime.b']],
    ['a is defined', ['runtime.a?']],
    ['a is not undefined', ['runtime.a?']],
    ['a is string', ['runtime.a']],
    ['9 is divisibleby(a)', ['runtime.a']],
    ['a.b is defined and a.b > 1', ['runtime.a.b?', 'runtime.a.b?']],
    ['a.b is defined and a.b.c > 1', ['runtime.a.b?', 'runtime.a.b.c']],
    ['a.b is defined and a', ['runtime.a.b?', 'runtime.a?']],
    ['a is defined and b', ['runtime.a?', 'runtime.b']],
    ['a is defined or a', ['runtime.a?', 'runtime.a']],
    ['a is undefined or a > 1', ['runtime.a?', 'runtime.a?']],
    ['not (a is undefined) and a', ['runtime.a?', 'runtime.a?']],
    ['not (a is undefined or b is undefined) and a and b', ['runtime.a?', 'runtime.b?', 'runtime.a?', 'runtime.b?']],
    ['a is defined ? a : a', ['runtime.a?', 'runtime.a?', 'runtime.a']],
    ['1 if a is undefined else a', ['runtime.a?', 'runtime.a?']],
    ['first(a) is defined and a', ['runtime.a', 'runtime.a']],
    ['nonsense(', []],
  ])('%s', (source, expected) => {
    expect(read(source).sort()).toEqual(expected.sort())
  })

  it('marks where each stands', () => {
    expect(references('1 + brief.tone')).toEqual([
      { root: 'runtime', path: ['brief', 'tone'], offset: 4, length: 10, guarded: false },
    ])
    expect(references("lower( inputs['a b'] )")).toMatchObject([{ offset: 7, length: 13 }])
  })
})
