/** What stands around tags: text, white space of every kind, and what only looks like a tag. */
export const TEXTS = [
  ...['a', ' b ', 'Zü🚀', '\n', '\n  ', '  \n', ' ', '\t', '\r\n', '\n\n', ' - ', ', ', '', '', '\u00a0', '\u3000x'],
  ...['{', '}', '}}', '%}', '#}', '{ {', '{a}', '$', '{"k": 1}', '\\', "it's", '"', '<b>', '-', '+', '\u2028'],
] as const
export const NAMES = [
  'topic',
  'name',
  'score',
  'price',
  'neg',
  'zero',
  'yes',
  'no',
  'nothing',
  'empty',
  'uni',
  'html',
  'größe',
] as const
export const NUMBERS = [
  'score',
  'price',
  'neg',
  'zero',
  'user.age',
  'scores[1]',
  '0',
  '1',
  '2',
  '3',
  '10',
  '2.5',
  '0.1',
  '-4',
  '1e3',
  '1.0',
] as const
export const STRINGS = [
  ...[
    'name',
    'topic',
    'uni',
    'rocket',
    'empty',
    'text',
    'lines',
    'quotes',
    'data',
    'user.name',
    "user['mail']",
    'tags[1]',
  ],
  ...[
    "'a'",
    '"b c"',
    "''",
    "'🚀'",
    "'é\\n'",
    "'}}'",
    "'%}'",
    "'{{'",
    '"#}"',
    "'Straße'",
    'digits',
    'tags[-1]',
    'user[key]',
  ],
] as const
export const LISTS = [
  ...['tags', 'scores', 'nums', 'twice', 'none_list', 'nested', 'pairs', 'mixed', 'orders[0].items', 'nested[0]'],
  ...['[]', '[1, 2]', "['a', 'B', 'a']", '[1, [2, none]]', 'range(3)', 'range(2, 7, 2)', 'orders'],
] as const
export const OBJECTS = ['user', 'empty_obj', 'orders[0]', 'orders[2]', 'mixed[5]'] as const
export const ABSENT = [
  'nope',
  'user.nope',
  'orders[9]',
  'name.x',
  'nope.x',
  'tags[7]',
  "user['x y']",
  'nothing.x',
  'loop.index',
] as const
export const WORDS = ['x', 'y', 'acc', 'n', 'é', 'topic', 'name', 'score'] as const
