import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { corpus } from '#lib/testing/corpus.ts'
import type { AnyStepType } from './catalog.ts'
import { validateWorkflow } from './validate.ts'
import { canonical, cost, fixed, flow, judge, only } from './validate-testkit.ts'

const set = (id: string, more = '') => `id: ${id}\ntype: set\nvalues: {v_${id.replaceAll('-', '_')}: "1"}\n${more}`
const call = (body: string) => `id: call\ntype: api_call\nmethod: POST\nurl: https://a.co\n${body}`

describe('what a text gives', () => {
  it('is a definition, or errors before warnings, each by position', () => {
    const { definition, diagnostics } = validateWorkflow(
      `name: x\non: []\nsteps:\n  - {id: a, type: set, values: {b: "1 +"}, next: c}\n  - {id: 5, type: set}\n`,
      stepCatalog,
    )
    expect(definition).toBeNull()
    expect(diagnostics.map((d) => [d.severity, d.line, d.code])).toEqual([
      ['error', 4, 'expression.syntax'],
      ['error', 4, 'step.unknown_target'],
      ['error', 5, 'step.bad_id'],
      ['warning', 2, 'not_yet_effective'],
      ['warning', 3, 'workflow.start_step_missing'],
    ])
  })

  it('has paths in the author’s own keys', () => {
    const text =
      'name: x\nstart_step: a\nsteps:\n  - id: a\n    type: form\n    config:\n      fields:\n        - {name: b, enum: [1, 1]}\n'
    expect(only(text, 'field.bad_options')).toMatchObject({
      path: 'steps[0].config.fields[0].enum[1]',
      line: 8,
      column: 31,
      endColumn: 32,
    })
  })

  it('warns of a name that holds a template, which nobody fills in', () => {
    const named = (name: string) => judge(flow(set('a', `name: "${name}"`))).warnings
    expect(named('Ask {{ person }}')).toEqual([expect.stringContaining('step.name_not_rendered')])
    expect(named('Ask {person}')).toEqual([])
  })

  it('never holds thousands of findings', () => {
    const steps = Array.from(
      { length: 499 },
      (_, i) => `  - {id: s${i}, type: set, values: {a: "${'1 + nope + '.repeat(9)}1"}, x: 1, y: 2}`,
    )
    expect(
      validateWorkflow(`name: x\nsteps:\n${steps.join('\n')}\n`, stepCatalog).diagnostics.length,
    ).toBeLessThanOrEqual(500)
  })
})

describe('expressions and templates', () => {
  it.each([
    ['plain', 'values: {a: 1 + * 2}', '*'],
    ['in single quotes', "values: {a: '1 + * 2'}", '*'],
    ['in double quotes', 'values: {a: "\\"x\\" + * 2"}', '*'],
    ['a literal block', 'values:\n  a: |\n    1 +\n      * 2', '*'],
    ['a folded block', 'values:\n  a: >-\n    1 +\n    * 2', '*'],
    ['a template', 'values: {a: "Hello {{ * }}"}', '*'],
    ['a template of several lines', 'values:\n  a: |\n    Hello\n    {{ 1 + * 2 }}', '*'],
    ['deep in a value', 'values:\n  a: [{b: "{{ * }}"}]', '*'],
  ])('are wrong at the sign that is wrong: %s', (_, values, sign) => {
    expect(judge(flow(`id: a\ntype: set\n${values}`)).errors).toEqual([`expression.syntax '${sign}'`])
  })

  it('that were written in another form are marked as a whole', () => {
    const text = flow('id: a\ntype: conditional\ncondition: {all: ["1 +", "2"]}\nif_true: end')
    expect(judge(text).errors).toEqual(["expression.syntax 'condition'"])
  })

  it('need no braces where an expression is expected', () => {
    const text = flow('id: a\ntype: conditional\ncondition: "{{ 1 > 0 }}"\nif_true: end')
    expect(only(text, 'expression.syntax').message).toContain('without {{ }}')
    expect(canonical(fixed(text, 'expression.syntax')).steps[0]?.config.condition).toBe('1 > 0')
  })

  it('bring the fixes of the language along', () => {
    const text = flow('id: a\ntype: conditional\ncondition: 1 < 2 < 3\nif_true: end')
    expect(canonical(fixed(text, 'expression.chained_comparison')).steps[0]?.config.condition).toContain('and')
  })

  it('are checked in guards and outputs too', () => {
    expect(judge(flow(set('a', 'when: 1 + * 2'))).errors).toEqual(["expression.syntax '*'"])
    expect(judge(`${flow(set('a'))}outputs: {x: [{y: "{{ * }}"}], z: 5}\n`).errors).toEqual(["expression.syntax '*'"])
  })
})

describe('jumps', () => {
  it.each([
    ['next', set('a', 'next: nope')],
    ['on_error', set('a', 'on_error: nope')],
    ['if_true', 'id: a\ntype: conditional\ncondition: "true"\nif_true: nope'],
    ['else', 'id: a\ntype: conditional\ncondition: "true"\nelse: nope'],
    ['a case', 'id: a\ntype: conditional\ncases: [{when: "true", next: nope}]'],
    ['default', 'id: a\ntype: conditional\ncases: [{when: "true", next: end}]\ndefault: nope'],
    ['on_reject', 'id: a\ntype: approval\napprovers: [a@b.co]\non_reject: nope'],
    ['on_timeout', 'id: a\ntype: approval\napprovers: [a@b.co]\ntimeout: 1d\non_timeout: nope'],
    ['on_revise', 'id: a\ntype: approval\napprovers: [a@b.co]\non_revise: {to: nope}'],
    ['on_revise in short', 'id: a\ntype: approval\napprovers: [a@b.co]\non_revise: nope'],
  ])('to nowhere are marked at the name: %s', (_, step) => {
    expect(judge(flow(step)).errors).toEqual(
      [step.includes('on_revise: nope') ? "step.unknown_target 'on_revise'" : "step.unknown_target 'nope'"].map((e) =>
        e.endsWith("'on_revise'") ? "step.unknown_target 'nope'" : e,
      ),
    )
  })

  it('to a name that is nearly right are mended', () => {
    const text = flow(set('a', 'next: publsh'), set('x', 'next: end'), set('publish')).replace('id: x', 'id: x')
    expect(only(text, 'step.unknown_target')).toMatchObject({
      hint: 'Did you mean publish?',
      fix: { title: 'Change to publish' },
    })
    expect(fixed(text, 'step.unknown_target')).toContain('next: publish\n')
    const json = JSON.stringify({
      name: 'x',
      start_step: 'a',
      steps: [
        { id: 'a', type: 'set', values: { b: '1' }, next: 'publsh' },
        { id: 'publish', type: 'set', values: { c: '1' } },
      ],
    })
    expect(canonical(fixed(json, 'step.unknown_target')).steps[0]?.next).toBe('publish')
  })

  it('to a name that is far off list the steps there are', () => {
    expect(only(flow(set('a', 'next: qqqqqq')), 'step.unknown_target').hint).toBe('Steps are a.')
  })
})

describe('ways through the steps', () => {
  it.each([
    ['a step nobody comes to', flow(set('a', 'next: c'), set('b'), set('c')), ["step.unreachable 'b'"]],
    ['steps behind the end', flow(set('a', 'next: end'), set('b'), set('c')), ["step.unreachable 'b'"]],
    [
      'steps before the start',
      flow(set('a'), set('b')).replace('start_step: a', 'start_step: b'),
      ["step.unreachable 'a'"],
    ],
    ['a circle without end', flow(set('a'), set('b', 'next: a')), ["step.no_end 'a'"]],
    ['a step that follows itself', flow(set('a', 'next: a')), ["step.no_end 'a'"]],
    [
      'a fork both of whose ways are given',
      flow('id: a\ntype: conditional\ncondition: "true"\nif_true: end\nif_false: c', set('b'), set('c')),
      ["step.unreachable 'b'"],
    ],
  ])('%s is an error', (_, text, expected) => {
    expect(judge(text).errors).toEqual(expected)
  })

  it.each([
    [
      'a circle with a way out',
      flow(set('a'), 'id: b\ntype: conditional\ncondition: v_a > 0\nif_true: a\nif_false: end'),
    ],
    [
      'a fork with one way given',
      flow('id: a\ntype: conditional\ncondition: "true"\nif_true: c', set('b', 'next: c'), set('c')),
    ],
    ['a step only errors lead to', flow(set('a', 'next: end\non_error: b'), set('b'))],
    [
      'a revision',
      flow('id: a\ntype: ai_generate\nprompt: x', 'id: b\ntype: approval\napprovers: [a@b.co]\non_revise: {to: a}'),
    ],
  ])('%s is fine', (_, text) => {
    expect(judge(text).errors).toEqual([])
  })

  it('are not judged where a step that cannot be read may lead', () => {
    expect(judge(flow('id: b\ntype: nope\nnext: end', set('c'))).errors).toEqual(["step.type_unknown 'nope'"])
    expect(judge(flow(set('a', 'next: c'), 'id: b\ntype: nope', set('c'))).errors).toEqual([
      "step.unreachable 'b'",
      "step.type_unknown 'nope'",
    ])
    expect(judge(flow(set('a', 'next: c'), 'id: 5\ntype: set', set('c'))).errors).toEqual(["step.bad_id '5'"])
  })
})

describe('a type that says itself where to go', () => {
  const fork: AnyStepType = {
    ...stepCatalog.list().find((type) => type.type === 'set'),
    type: 'fork',
    jumps: () => [{ to: 'c', path: ['values'] }],
    decidesNext: () => true,
  } as AnyStepType
  const catalog = {
    get: (type: string) => (type === 'fork' ? fork : stepCatalog.get(type)),
    list: () => [fork, ...stepCatalog.list()],
  }
  const errors = (more: string) =>
    validateWorkflow(flow(`id: a\ntype: fork\nvalues: {v: "1"}\n${more}`, set('b', 'next: end'), set('c')), catalog)
      .diagnostics.filter((d) => d.severity === 'error')
      .map((d) => `${d.code} ${d.path}`)

  it('never goes on by itself', () => {
    expect(errors('')).toEqual(['step.unreachable steps[1].id'])
  })

  it('but where it is skipped', () => {
    expect(errors('when: runtime.x is defined')).toEqual([])
  })
})

describe('branches that slide into each other', () => {
  const fork = 'id: fork\ntype: conditional\ncondition: "true"\nif_true: a\nif_false: b'

  it('are an error with a fix', () => {
    const text = flow(fork, set('a'), set('b'), set('c'))
    expect(judge(text).errors).toEqual(["flow.slides_into_branch 'a'"])
    const cured = fixed(text, 'flow.slides_into_branch')
    expect(cured).toContain('id: a\n    next: c\n')
    expect(canonical(cured).steps.map(({ id, next }) => [id, next])).toContainEqual(['a', 'c'])
  })

  it('also when several steps lie between', () => {
    expect(judge(flow(fork, set('a'), set('a2'), set('b'))).errors).toEqual(["flow.slides_into_branch 'a2'"])
    expect(fixed(flow(fork, set('a'), set('a2'), set('b')), 'flow.slides_into_branch')).toContain(
      'id: a2\n    next: end\n',
    )
  })

  it('also between cases', () => {
    const cases = 'id: fork\ntype: conditional\ncases: [{when: "true", next: a}, {when: "true", next: b}]\ndefault: c'
    expect(judge(flow(cases, set('a'), set('b'), set('c'))).errors).toEqual([
      "flow.slides_into_branch 'a'",
      "flow.slides_into_branch 'b'",
    ])
  })

  it.each([
    ['next is written', flow(fork, set('a', 'next: b'), set('b'))],
    ['the branch ends', flow(fork, set('a', 'next: end'), set('b'))],
    [
      'the branch forks again',
      flow(fork, 'id: a\ntype: conditional\ncondition: "true"\nif_true: end\nif_false: c', set('b'), set('c')),
    ],
    [
      'the other branch was not given',
      flow('id: fork\ntype: conditional\ncondition: "true"\nif_true: b', set('a'), set('b')),
    ],
    [
      'the branches stand the other way round',
      flow(
        'id: fork\ntype: conditional\ncondition: "true"\nif_true: b\nif_false: a',
        set('a', 'next: c'),
        set('b'),
        set('c'),
      ),
    ],
  ])('are none when %s', (_, text) => {
    expect(judge(text).errors).toEqual([])
  })

  it('warn where a step handles what went wrong', () => {
    const text = flow('id: ok\ntype: approval\napprovers: [a@b.co]\non_reject: sorry', set('publish'), set('sorry'))
    expect(judge(text)).toEqual({ errors: [], warnings: ["flow.slides_into_handler 'publish'"] })
    expect(judge(fixed(text, 'flow.slides_into_handler'))).toEqual({ errors: [], warnings: [] })
    expect(judge(flow(set('a', 'on_error: c'), set('b'), set('c'))).warnings).toEqual(["flow.slides_into_handler 'b'"])
  })
})

describe('names', () => {
  const declared = (step: string) => flow(step).replace('start_step', 'inputs: [{key: topic}]\nstart_step')

  it.each([
    ['an input', 'topic'],
    ['an input by its namespace', 'inputs.topic'],
    ['a constant', 'static.anything'],
    ['who started it', 'profile.user_email'],
    ['the run', 'run.id'],
    ['what is guarded', 'default(nope, 1)'],
    ['what is asked for', 'nope is defined'],
    ['a loop variable', 'any(x > 1 for x in [1])'],
    ['all of runtime', 'len(runtime)'],
    ['a step, once it was there', 'steps.a.output.v if steps.a is defined else 1'],
    ['a step that has no output yet, guarded', 'default(steps.a.output, 1)'],
  ])('are known: %s', (_, expression) => {
    expect(judge(declared(`id: a\ntype: set\nvalues:\n  v: ${JSON.stringify(expression)}`)).errors).toEqual([])
  })

  it.each([
    ['nobody provides', 'tpic', "variable.unknown 'tpic'"],
    ['nobody provides, in full', 'runtime.tpic + 1', "variable.unknown 'runtime.tpic'"],
    ['is no input', 'inputs.tpic', "variable.unknown 'inputs.tpic'"],
    ['profiles do not have', 'profile.age', "variable.unknown 'profile.age'"],
    ['runs do not have', 'run.started', "variable.unknown 'run.started'"],
    ['exists only in loops', 'item.id', "variable.unknown 'item.id'"],
    ['is no namespace', 'step.a.output.v', "variable.unknown_namespace 'step.a.output.v'"],
    ['is no step', 'steps.b.output.v', "step.unknown_reference 'steps.b.output.v'"],
    ['steps do not have', 'steps.a.result.v', "step.only_output 'steps.a.result.v'"],
    ['would show a secret', 'len(env.KEY)', "secret.not_allowed_here 'env.KEY'"],
    ['would show a secret by its other name', 'secrets.KEY', "secret.not_allowed_here 'secrets.KEY'"],
  ])('are wrong when they name what %s', (_, expression, expected) => {
    expect(judge(declared(`id: a\ntype: set\nvalues:\n  v: ${JSON.stringify(expression)}`)).errors).toEqual([expected])
  })

  it('are wrong only perhaps while anything may come in', () => {
    expect(judge(flow('id: a\ntype: set\nvalues: {v: nope}'))).toEqual({
      errors: [],
      warnings: ["variable.unknown 'nope'"],
    })
    const open = declared('id: a\ntype: ai_generate\nprompt: "{{ nope }}"\noutput_schema: {type: object}')
    expect(judge(open)).toEqual({ errors: [], warnings: ["variable.unknown 'nope'"] })
    const schema = flow('id: a\ntype: set\nvalues: {v: inputs.nope}').replace(
      'start_step',
      'inputs: {type: object, properties: {a: {}}}\nstart_step',
    )
    expect(judge(schema)).toEqual({ errors: [], warnings: ["variable.unknown 'inputs.nope'"] })
  })

  it('of schemas in parts are known', () => {
    const text = declared(
      'id: a\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, oneOf: [{properties: {u: {}}}, {properties: {w: {}}}]}',
    )
    expect(judge(`${text}outputs: "{{ u }}{{ w }}{{ z }}"\n`).errors).toEqual(["variable.unknown 'z'"])
  })

  it('of events warn that there are none yet', () => {
    expect(judge(declared('id: a\ntype: set\nvalues: {v: event.amount}')).warnings).toEqual([
      "not_yet_effective 'event.amount'",
    ])
  })

  it.each([
    ['tpic', 'variable.unknown', 'Did you mean topic?'],
    ['a', 'variable.unknown', 'The output of that step is steps.a.output.'],
    ['draft', 'variable.unknown', `If the text itself is meant, write "'draft'".`],
    ['steps.aa.output', 'step.unknown_reference', 'Did you mean steps.a?'],
    ['runtme.topic', 'variable.unknown_namespace', 'Did you mean runtime?'],
  ])('%s: %s says %s', (expression, code, hint) => {
    expect(only(declared(`id: a\ntype: set\nvalues: {v: ${expression}}`), code).hint).toBe(hint)
  })

  it('are mended', () => {
    expect(fixed(declared('id: a\ntype: set\nvalues: {v: steps.A.output.v}'), 'step.unknown_reference')).toContain(
      'steps.a.output.v',
    )
    expect(fixed(declared('id: a\ntype: set\nvalues: {v: runtme.topic}'), 'variable.unknown_namespace')).toContain(
      'runtime.topic',
    )
  })

  it('with a hyphen need brackets', () => {
    const text = flow(
      set('my-step'),
      'id: b\ntype: set\nvalues: {w: "{{ steps.my-step.output.v_my_step }} and {{ steps.my-step.output.v_my_step }}"}',
    )
    expect(judge(text).errors).toEqual([
      "step.hyphenated_reference 'steps.my-step'",
      "step.hyphenated_reference 'steps.my-step'",
    ])
    const one = flow(set('my-step'), 'id: b\ntype: set\nvalues: {w: steps.my-step.output.v_my_step}')
    expect(judge(fixed(one, 'step.hyphenated_reference')).errors).toEqual([])
    expect(fixed(one, 'step.hyphenated_reference')).toContain("steps['my-step'].output.v_my_step")
  })

  it('of a response or an answer are in reach where they are judged', () => {
    expect(
      judge(declared(`${call('success_when: status < 300 and body.ok and default(headers["x"], "") == "1"')}`)).errors,
    ).toEqual([])
    const ai = declared(
      'id: a\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {score: {type: number}}, required: [score]}\nchecks: [score > 1, output.score > 1, nope > 1]',
    )
    expect(judge(ai).errors).toEqual(["variable.unknown 'nope'"])
  })
})

describe('secrets', () => {
  it.each([
    'url: "https://a.co/{{ env.K }}"',
    'headers: {A: "{{ secrets.K }}"}',
    'query: {a: "{{ env.K }}"}',
    'body: {a: ["{{ env.K }}"]}',
  ])('may stand in %s', (body) => {
    expect(judge(flow(call(body).replace(body.startsWith('url') ? 'url: https://a.co\n' : '\0', ''))).errors).toEqual(
      [],
    )
  })

  it.each([
    ['prompts', 'id: a\ntype: ai_generate\nprompt: "{{ env.K }}"'],
    ['variables of prompts', 'id: a\ntype: ai_generate\ntemplate_id: t\nvariables: {k: env.K}'],
    ['messages', 'id: a\ntype: approval\napprovers: [a@b.co]\nmessage: "{{ env.K }}"'],
    ['what is approved', 'id: a\ntype: approval\napprovers: [a@b.co]\nshow: {k: env.K}'],
    ['forms', 'id: a\ntype: form\ntitle: "{{ env.K }}"\nfields: [{key: b}]'],
    ['conditions', 'id: a\ntype: conditional\ncondition: env.K == "1"\nif_true: end'],
    ['guards of calls', call('when: env.K')],
  ])('may not stand in %s', (_, step) => {
    expect(judge(flow(step)).errors).toEqual(["secret.not_allowed_here 'env.K'"])
  })

  it('that may not be read there are not asked for as well', () => {
    expect(judge(flow('id: a\ntype: ai_generate\nprompt: "{{ env.K }}"'), { secrets: [] }).warnings).toEqual([])
  })

  it('may not stand in outputs', () => {
    expect(judge(`${flow(set('a'))}outputs: "{{ env.K }}"\n`).errors).toEqual(["secret.not_allowed_here 'env.K'"])
  })
})

describe('settings', () => {
  const text = flow(
    call('headers: {A: "{{ env.CMS_KEY }}", B: "{{ static.company }}{{ static.own }}{{ default(static.maybe, 1) }}"}'),
    'id: b\ntype: ai_generate\ntemplate_id: post\nvariables: []',
  ).replace('start_step', 'static: {own: 1}\nsecrets: [OTHER]\nstart_step')

  it('that are missing are warned of', () => {
    expect(judge(text, { statics: ['compny'], secrets: [], templates: ['posts'] })).toEqual({
      errors: [],
      warnings: [
        "secret.unset 'OTHER'",
        "secret.unset 'env.CMS_KEY'",
        "static.unset 'static.company'",
        "template.unset 'post'",
      ],
    })
    expect(only(text, 'static.unset', { statics: ['compny'] }).hint).toBe('Did you mean compny?')
    expect(only(text, 'template.unset', { templates: ['posts'] }).hint).toBe('Did you mean posts?')
  })

  it('that are there, or not asked for, are not', () => {
    expect(judge(text, { statics: ['company'], secrets: ['CMS_KEY', 'OTHER'], templates: ['post'] }).warnings).toEqual(
      [],
    )
    expect(judge(text).warnings).toEqual([])
  })

  it('that are sensitive elsewhere and given in the file are plain', () => {
    const own = flow('id: a\ntype: set\nvalues: {v: static.own}').replace('start_step', 'static: {own: 1}\nstart_step')
    expect(judge(own, { statics: ['own'], sensitive: ['own'] }).errors).toEqual([])
  })

  it('that are sensitive stand only where secrets may', () => {
    const known = { statics: ['company'], sensitive: ['company'] }
    expect(judge(text, known).errors).toEqual([])
    expect(judge(flow('id: a\ntype: set\nvalues: {v: static.company}'), known).errors).toEqual([
      "static.not_allowed_here 'static.company'",
    ])
  })
})

describe('constants that look like credentials', () => {
  it.each([
    'api_key: abcdef123456',
    'CMS_API_KEY: abcdef123456',
    'apiToken: abcdef123456',
    'db-password: hunter22',
    'header: "Bearer abcdefghijklmnopqrstuv"',
    'key: sk-proj-abcdefghijklmnop1234',
    'gh: ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'slack: xoxb-1234567890-abc',
    'aws: AKIAIOSFODNN7EXAMPLE',
    'own: scf_abcdefghijklmnopqrstuvwxyz',
    'nested: {list: [{secret: abcdef}]}',
  ])('are linted: %s', (constant) => {
    const text = flow(set('a')).replace('start_step', `static:\n  ${constant}\nstart_step`)
    expect(
      judge(text)
        .warnings.map((w) => w.replace(/ .*/, ''))
        .filter((code) => code !== 'static.bad_name'),
    ).toEqual(['static.looks_secret'])
  })

  it.each([
    'company: Acme',
    'tokens_per_run: 5',
    'secret_santa: we draw names',
    'key: value',
    'password_hint: ""',
    'list: [1, a]',
  ])('and nothing else: %s', (constant) => {
    const text = flow(set('a')).replace('start_step', `static:\n  ${constant}\nstart_step`)
    expect(judge(text).warnings).toEqual([])
  })
})

describe('values that are written over', () => {
  const form = (id: string, key: string) => `id: ${id}\ntype: form\nfields: [{key: ${key}}]`
  const approve = (id: string) => `id: ${id}\ntype: approval\napprovers: [a@b.co]`

  it('are warned of, naming both steps', () => {
    const text = flow(form('one', 'topic'), form('two', 'topic'))
    expect(judge(text).warnings).toEqual(["runtime.collision 'two'"])
    expect(only(text, 'runtime.collision').message).toMatch(/^two writes runtime.topic over the one of step one/)
  })

  it('by two calls under one output_key', () => {
    const calls = ['one', 'two'].map((id) => `id: ${id}\ntype: api_call\nurl: https://a.co\noutput_key: answer`)
    expect(judge(flow(...calls)).warnings).toEqual(["runtime.collision 'two'"])
  })

  it('by a form that asks what was given at the start', () => {
    const text = flow(form('one', 'topic')).replace('start_step', 'inputs: [{key: topic}]\nstart_step')
    expect(only(text, 'runtime.collision').message).toContain('over the input')
  })

  it('by an output_key', () => {
    expect(judge(flow(form('one', 'topic'), `${form('two', 'x')}\noutput_key: topic`)).warnings).toEqual([
      "runtime.collision 'two'",
    ])
  })

  it.each([
    ['two approvals', flow(approve('one'), approve('two'))],
    ['two calls', flow('id: one\ntype: api_call\nurl: https://a.co', 'id: two\ntype: api_call\nurl: https://a.co')],
    [
      'two branches',
      flow(
        'id: fork\ntype: conditional\ncondition: "true"\nif_true: one\nif_false: two',
        `${form('one', 'topic')}\nnext: end`,
        form('two', 'topic'),
      ),
    ],
    [
      'the same step in a loop',
      flow(form('one', 'topic'), 'id: fork\ntype: conditional\ncondition: "true"\nif_true: one\nif_false: end'),
    ],
  ])('not by %s', (_, text) => {
    expect(judge(text).warnings).toEqual([])
  })

  it('in a loop are warned of once, at the later step', () => {
    const text = flow(
      form('one', 'topic'),
      form('two', 'topic'),
      'id: fork\ntype: conditional\ncondition: "true"\nif_true: one\nif_false: end',
    )
    expect(judge(text).warnings).toEqual(["runtime.collision 'two'"])
  })

  it('after an approval are warned of as such', () => {
    const text = flow(
      'id: draft\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {title: {type: string}}}',
      approve('ok'),
      'id: after\ntype: set\nvalues: {title: "1"}',
    )
    expect(judge(text).warnings).toEqual(["approval.overwritten 'after'"])
    expect(judge(text.replace('type: set', 'type: set\n    output_key: other')).warnings).toEqual([])
  })

  it('by a revision on the second round are not either', () => {
    const text = flow(
      'id: draft\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {title: {type: string}}}',
      `${approve('ok')}\non_revise: draft`,
      'id: again\ntype: conditional\ncondition: "true"\nif_true: ok\nif_false: end',
    )
    expect(judge(text).warnings).toEqual([])
  })

  it('by a revision are not: it is approved again', () => {
    const text = flow(
      'id: draft\ntype: ai_generate\nprompt: x\noutput_schema: {type: object, properties: {title: {type: string}}}',
      `${approve('ok')}\non_revise: draft`,
    )
    expect(judge(text).warnings).toEqual([])
  })
})

describe('characters that cannot be seen', () => {
  it('are flagged where they stand', () => {
    const text = flow('id: a\ntype: form\nfields: [{key: b, label: "Approve\u202e etaerC"}]')
    expect(judge(text)).toEqual({ errors: [], warnings: ["text.hidden_character '\u202e'"] })
    expect(only(text, 'text.hidden_character').message).toContain('U+202E')
  })

  it('are named in keys', () => {
    const text = `${flow(set('a'))}\u200bid: w1\n`
    expect(only(text, 'workflow.unknown_key')).toMatchObject({ message: 'A workflow has no key ⟨U+200B⟩id.' })
    expect(judge(text).warnings).toEqual(["text.hidden_character '\u200bid'"])
    expect(judge(flow(set('a')).replace('start_step', 'static: {"a\u200b": [x]}\nstart_step')).warnings).toHaveLength(1)
  })

  it('that belong to an emoji are fine', () => {
    expect(judge(flow('id: a\ntype: form\ntitle: "👩‍💻 ❤️"\nfields: [{key: b}]')).warnings).toEqual([])
  })
})

describe('texts that are made to be slow', () => {
  const many = (count: number, step: (i: number) => string) =>
    `name: x\nsteps:\n${Array.from({ length: count }, (_, i) => step(i)).join('\n')}\n`
  const names = Array.from({ length: 200 }, (_, i) => `name_of_a_value_that_is_rather_long_${i}`)
  it.each([
    [
      'forms that ask the same',
      many(500, (i) => `  - {id: s${i}, type: form, fields: [{key: a}, {key: b}, {key: c}]}`),
    ],
    [
      'forms and approvals by turns',
      many(500, (i) =>
        i % 2
          ? `  - {id: s${i}, type: approval, approvers: [a@b.co]}`
          : `  - {id: s${i}, type: form, fields: [{key: a}, {key: b}]}`,
      ),
    ],
    [
      'forks that cross',
      many(
        500,
        (i) =>
          `  - {id: s${i}, type: conditional, condition: "true", if_true: s${(i * 7) % 500}, if_false: s${(i + 1) % 500}}`,
      ),
    ],
    [
      'names nobody knows',
      `${many(20, (i) => `  - id: s${i}\n    type: set\n    values: {${names.map((name, k) => `${name}_${i}: "${name.slice(0, -k % 5)}x"`).join(', ')}}`)}`,
    ],
    [
      'one template with thousands of names',
      `${many(1, () => `  - id: s\n    type: form\n    fields: [{key: a}]\n    title: "${'x'.repeat(10)}"`)}outputs: |\n${Array.from({ length: 3_000 }, (_, i) => `  {{ env.name_${i} }} {{ steps.s${i}.output }}`).join('\n')}\n`,
    ],
    [
      'jumps nowhere',
      many(
        500,
        (i) =>
          `  - {id: a_step_with_a_long_name_${i}, type: set, values: {a: "1"}, next: a_step_with_a_lang_name_${i + 1000}}`,
      ),
    ],
  ])('%s', (_, text) => {
    expect(cost(() => validateWorkflow(text, stepCatalog, { statics: [], secrets: [], templates: [] }))).toBeLessThan(
      1_000,
    )
  })
})

describe('the corpus of YAML', () => {
  /** Fragments of the corpus, put where a workflow has such a thing. */
  const adapted: Readonly<Record<string, string>> = {
    'limit field out of range': flow(call('retry: {maxAttempts: 1e9}')),
    'negative limit': flow(call('timeout: -1')),
    'cron that can never fire: validation error, no scheduler spin': flow(set('a')).replace(
      'start_step',
      'triggers:\n  - cron: "0 0 31 2 *"\nstart_step',
    ),
    'expression field inside YAML must go through the same validator at save time': flow(
      'id: a\ntype: conditional\ncondition: "inputs.constructor"\nif_true: end',
    ),
    'zero-width character in a key: unknown key error that names it': `\u200bid: w1\n${flow(set('a'))}`,
    'self dependency / cycle': flow(set('a', 'needs: [a]')),
    'step id equal to an inherited property': flow(set('b'), set('constructor')),
    'step id used in paths/artifact names': flow(set('b'), set('"../../etc"')),
    'small workflow (adapt to the real schema)': flow(
      'id: a\ntype: form\nfields: [{key: topic}]',
      'id: b\ntype: ai_generate\nprompt: "{{ topic }}"',
    ),
    'block scalar': flow('id: a\ntype: form\nfields: [{key: topic}]\ndescription: |\n  line 1\n  line 2: with colon'),
  }
  const { attacks, benign } = corpus('yaml')

  it.each(attacks.filter((x) => x.expect === 'reject'))('refuses: $why', ({ payload, why }) => {
    const text = adapted[why] ?? payload
    expect(cost(() => validateWorkflow(text, stepCatalog))).toBeLessThan(250)
    const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
    expect(definition).toBeNull()
    expect(diagnostics[0]?.severity).toBe('error')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it.each(attacks.filter((x) => adapted[x.why] !== undefined))('refuses for that reason alone: $why', ({ why }) => {
    expect(judge(adapted[why] ?? '').errors).toHaveLength(1)
  })

  it.each(benign)('takes: $why', ({ why }) => {
    expect(judge(adapted[why] ?? '').errors).toEqual([])
  })
})
