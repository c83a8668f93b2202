import { describe, expect, it } from 'vitest'
import { createEstimator } from '../../src/index.ts'
import { oracles } from './oracle-encodings.ts'

/**
 * Requests whose bills others have published, written here in a form of our own.
 *
 * - `functions`: https://github.com/hmarr/openai-chat-tokens, tests/token-counts.test.ts at b8e3b11 (MIT, © 2023 Harry Marr): bills of
 *   gpt-3.5-turbo in mid-2023. Its single messages of the cookbook's chat are in openai-documented.test.ts as one.
 * - `tools`: https://github.com/pamelafox/openai-messages-token-helper, tests at b60075e (MIT), bills of gpt-35-turbo in 2024 and, for
 *   texts and pictures, of gpt-4o and gpt-4o-mini. LiteLLM has the same cases (BerriAI/litellm,
 *   tests/test_litellm/litellm_core_utils/messages_with_counts.py at dbae06f, MIT) with what its own counter is off by.
 */
const estimator = createEstimator({ encodings: oracles })

function expectBill(body: object, model: string, billed: number): void {
  const { tokens, low, high, warnings } = estimator.countTokens(body, { model })
  expect({ tokens, low, high, warnings }).toEqual({ tokens: billed, low: billed, high: billed, warnings: [] })
}

const says = (role: string, content: string) => ({ role, content })
const returned = (name: string, content: string) => ({ role: 'function', name, content })
const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest })
const text = { type: 'string' }
const constant = (value: string) => ({ type: 'string', const: value })
const oneOf = (...values: string[]) => ({ type: 'string', enum: values })
const described = (description: string, type: object = text) => ({ ...type, description })
const fn = (name: string, parameters: object = object({}), description?: string) =>
  description === undefined ? { name, parameters } : { name, description, parameters }

describe('bills of chats with functions, gpt-3.5-turbo of 2023', () => {
  const hello = [says('user', 'hello')]
  const greeting = [says('system', 'Hello'), says('user', 'Hi there')]
  const twice = [says('system', 'Hello:'), ...greeting]
  const named = (name: string, content: string) => ({ role: 'system', name, content })
  const foo = fn('foo')
  const bingBong = (properties: object) => fn('bing_bong', object(properties), 'Do a bing bong')
  const stuff = (foo?: object) => fn('do_stuff', object(foo === undefined ? {} : { foo }))
  const kinds = (...types: object[]) => ({ anyOf: types })
  const calls = (json: string) => ({
    role: 'assistant',
    content: '',
    function_call: { name: 'do_stuff', arguments: json },
  })
  const closed = (required: string[]) => ({ required, additionalProperties: false })
  const post = object({ kind: constant('post'), text }, closed(['kind', 'text']))
  const user = object({ kind: constant('user'), name: oneOf('jane', 'suzie', 'adam') }, closed(['kind', 'name']))
  const result = described('The foo or the bar', kinds(post, user))
  const ingredient = object(
    { name: text, unit: oneOf('grams', 'ml', 'cups', 'pieces', 'teaspoons'), amount: { type: 'number' } },
    { required: ['name', 'unit', 'amount'] },
  )
  const recipe = object(
    {
      ingredients: { type: 'array', items: ingredient },
      instructions: described('Steps to prepare the recipe (no numbering)', { type: 'array', items: text }),
      time_to_cook: described('Total time to prepare the recipe in minutes', { type: 'number' }),
    },
    { required: ['ingredients', 'instructions', 'time_to_cook'] },
  )
  const pros = described('Write 3 points why this text is well written', { type: 'array', items: text })
  const nested = object({
    yesNoField: described('description5', oneOf('Yes', 'No')),
    howIsInteresting: described('description6'),
    scoreInteresting: described('description7', { type: 'number' }),
    isInteresting: described('description8', oneOf('Yes', 'No')),
  })
  const fields = { mainField: described('description3'), 'field number one': described('description4', nested) }

  it.each<[string, number, { messages: object[]; functions?: object[]; function_call?: unknown }]>([
    ['user', 8, { messages: hello }],
    ['two words', 9, { messages: [says('user', 'hello world')] }],
    ['system', 8, { messages: [says('system', 'hello')] }],
    ['colon', 9, { messages: [says('system', 'hello:')] }],
    [
      'three turns',
      27,
      {
        messages: [
          says('system', "# Important: you're the best robot"),
          says('user', 'hello robot'),
          says('assistant', 'hello world'),
        ],
      },
    ],
    ['name', 20, { messages: [named('example_user', 'New synergies will help drive top-line growth.')] }],
    [
      'longer name',
      19,
      { messages: [named('example_assistant', 'Things working well together will increase revenue.')] },
    ],
    ['empty function', 31, { messages: hello, functions: [foo] }],
    ['none', 32, { messages: hello, functions: [foo], function_call: 'none' }],
    ['auto', 31, { messages: hello, functions: [foo], function_call: 'auto' }],
    ['chosen', 36, { messages: hello, functions: [foo], function_call: { name: 'foo' } }],
    ['description', 36, { messages: hello, functions: [fn('foo', object({}), 'Do a foo')] }],
    ['property', 49, { messages: hello, functions: [bingBong({ foo: text })] }],
    [
      'described property',
      57,
      { messages: hello, functions: [bingBong({ foo: text, bar: described('A number', { type: 'number' }) })] },
    ],
    [
      'nested object',
      68,
      {
        messages: hello,
        functions: [bingBong({ foo: object({ bar: oneOf('a', 'b', 'c'), baz: { type: 'boolean' } }) })],
      },
    ],
    ['result', 15, { messages: [says('user', 'hello world'), returned('do_stuff', '{}')] }],
    [
      'longer result',
      28,
      { messages: [says('user', 'hello world'), returned('do_stuff', '{"foo": "bar", "baz": 1.5}')] },
    ],
    ['result alone', 24, { messages: [returned('dance_the_tango', '{"a": { "b" : { "c": false}}}')] }],
    ['call', 26, { messages: [calls('{"foo": "bar", "baz": 1.5}')] }],
    ['call with line breaks', 25, { messages: [calls('{"foo":"bar", "baz":\n\n 1.5}')] }],
    [
      'results and a choice',
      158,
      {
        messages: [
          says('system', 'You are an AI assistant trained to foo or bar'),
          says('user', 'My name is suzie'),
          returned('foo', '{"res":{"kind":"user","name":"suzie"}}'),
          says('user', 'I want to post a message with the text "hello world"'),
          returned('foo', '{"res":{"kind":"post","text":"hello world"}}'),
        ],
        functions: [fn('foo', object({ res: result }, closed(['res'])), 'Return the foo or the bar')],
        function_call: { name: 'foo' },
      },
    ],
    [
      'one of one object',
      52,
      { messages: greeting, functions: [stuff(kinds(object({ kind: constant('a'), baz: { type: 'boolean' } })))] },
    ],
    [
      'one of three objects',
      80,
      {
        messages: greeting,
        functions: [
          stuff(
            kinds(
              object({ kind: constant('a'), baz: { type: 'boolean' } }),
              object({ kind: constant('b'), qux: { type: 'number' } }),
              object({ kind: constant('c'), idk: text }),
            ),
          ),
        ],
      },
    ],
    ['constant or number', 44, { messages: greeting, functions: [stuff(kinds(constant('a'), { type: 'number' }))] }],
    ['with system', 35, { messages: greeting, functions: [stuff()] }],
    [
      'with system, colon',
      35,
      { messages: [says('system', 'Hello:'), says('user', 'Hi there')], functions: [stuff()] },
    ],
    ['two systems', 40, { messages: twice, functions: [stuff()] }],
    ['two functions', 49, { messages: twice, functions: [stuff(), fn('do_other_stuff')] }],
    [
      'two functions, one chosen',
      55,
      { messages: twice, functions: [stuff(), fn('do_other_stuff')], function_call: { name: 'do_stuff' } },
    ],
    ['list of objects', 106, { messages: hello, functions: [fn('get_recipe', recipe)] }],
    [
      'nested description, not written',
      46,
      { messages: hello, functions: [fn('function', object({ quality: object({ pros }) }), 'description')] },
    ],
    [
      'descriptions on all levels',
      96,
      {
        messages: hello,
        functions: [fn('function', object(fields, { description: 'desctiption2' }), 'desctiption1')],
      },
    ],
  ])('%s: %i tokens', (_name, billed, body) => {
    expectBill(body, 'gpt-3.5-turbo', billed)
    expectBill(body, 'gpt-3.5-turbo-0613', billed)
  })
})

describe('bills of chats with tools, gpt-35-turbo of 2024', () => {
  const search = (properties?: object, rest: object = {}) => ({
    name: 'search_sources',
    description: 'Retrieve sources from the Azure AI Search index',
    ...(properties === undefined ? {} : { parameters: object(properties, rest) }),
  })
  const query = described("Query string to retrieve documents from azure search eg: 'Health care plan'")
  const demonstration = (properties: object, rest: object = {}) =>
    fn('data_demonstration', object(properties, rest), 'This is the main function description')
  const numbers = { integer_enum: { type: 'integer', enum: [-1, 1] } }
  const first = (properties: object) => described('The object data type as a property', object(properties))
  const mood = { string_2a: oneOf('Happy', 'Sad') }
  const second = { ...mood, string_2b: described('Description in a second object is lost') }
  const all = (parameters: Record<string, object>) => object(parameters, { required: Object.keys(parameters) })
  const order = {
    product_name: described('Product name ordered by customer'),
    quantity: described('Quantity ordered by customer', { type: 'integer' }),
    unit: described('unit of measurement of the customer order', oneOf('meals', 'days')),
  }
  const escalation =
    'If user is showing signs of frustration or anger in the query. Also if the user says they want to talk to a real person and not a chat bot.'
  const addresses = described('The mailing addresses to be located', { type: 'array', items: text })

  it.each<[string, number, 'auto' | 'none' | 'named', { name: string }]>([
    [
      'object in an object',
      65,
      'none',
      demonstration({ object_1: first({ string1: text }) }, { required: ['object_1'] }),
    ],
    ['enum in it', 73, 'none', demonstration({ object_1: first(mood) }, { required: ['object_1'] })],
    ['description in it', 89, 'none', demonstration({ object_1: first(second) }, { required: ['object_1'] })],
    [
      'string beside it',
      103,
      'none',
      demonstration(
        { object_1: first(second), string_1: described('Not required gets a question mark') },
        { required: ['object_1'] },
      ),
    ],
    ['one property', 66, 'auto', search({ search_query: query }, { required: ['search_query'] })],
    ['none', 67, 'none', search({ search_query: query }, { required: ['search_query'] })],
    ['chosen', 75, 'named', search({ search_query: query }, { required: ['search_query'] })],
    ['numbers', 54, 'none', demonstration(numbers)],
    ['numbers, chosen', 64, 'named', demonstration(numbers)],
    ['no parameters', 42, 'auto', search()],
    ['no parameters, chosen', 51, 'named', search()],
    ['optional, not described', 49, 'auto', search({ search_query: text })],
    ['not described', 49, 'auto', search({ search_query: text }, { required: ['search_query'] })],
    ['enum', 86, 'none', fn('summarize_order', all(order), 'Summarize the customer order request')],
    [
      'boolean',
      89,
      'none',
      fn(
        'human_escalation',
        all({ requires_escalation: described(escalation, { type: 'boolean' }) }),
        'Check if user wants to escalate to a human',
      ),
    ],
    [
      'array',
      59,
      'none',
      fn('get_coordinates', all({ addresses }), 'Get the latitude and longitude of multiple mailing addresses'),
    ],
    [
      'no type',
      59,
      'none',
      fn(
        'get_no_type',
        all({ no_type_value: { description: 'The no type value to be returned' } }),
        'Get the no type value',
      ),
    ],
    [
      'null',
      55,
      'none',
      fn(
        'get_null',
        all({ null_value: described('The null value to be returned', { type: 'null' }) }),
        'Get the null value',
      ),
    ],
  ])('%s: %i tokens', (_name, billed, choice, tool) => {
    const tool_choice = choice === 'named' ? { type: 'function', function: { name: tool.name } } : choice
    const messages = [says('system', 'You are a bot.')]
    expectBill({ messages, tools: [{ type: 'function', function: tool }], tool_choice }, 'gpt-35-turbo', billed)
  })

  it.each([
    ['system', 'You are a bot.', 12, 12],
    [
      'system',
      'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
      25,
      24,
    ],
    ['system', 'á', 8, 8],
    ['user', 'á', 8, 8],
    ['user', 'Hello, how are you?', 13, 13],
    ['user', 'What happens in a performance review?', 14, 14],
    ['user', 'Is there a dress code?', 13, 13],
    ['user', 'What does a Product Manager do?', 14, 14],
    ['assistant', 'Yes, there is a dress code at Contoso Electronics. Look sharp! [employee_handbook-1.pdf]', 30, 30],
  ])('%s %j is %i tokens, %i on gpt-4o', (role, content, billed, billedOnOmni) => {
    expectBill({ messages: [says(role, content)] }, 'gpt-35-turbo', billed)
    expectBill({ messages: [says(role, content)] }, 'gpt-4o', billedOnOmni)
  })

  it.each([
    ['Describe this picture:', 1, 1, undefined, 266, 8511],
    ['Describe this picture:', 1, 1, 'auto', 266, 8511],
    ['Describe this picture:', 1, 1, 'low', 96, 2844],
    ['hi', 1126, 488, 'auto', 603, 19_842],
  ])(
    '%j with a picture of %i × %i, detail %s, is %i tokens, %i on gpt-4o-mini',
    (words, width, height, detail, billed, billedOnMini) => {
      const png = Buffer.alloc(24)
      png.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
      png.writeUInt32BE(width, 16)
      png.writeUInt32BE(height, 20)
      const image_url = {
        url: `data:image/png;base64,${png.toString('base64')}`,
        ...(detail === undefined ? {} : { detail }),
      }
      const content = [
        { type: 'text', text: words },
        { type: 'image_url', image_url },
      ]
      expectBill({ messages: [{ role: 'user', content }] }, 'gpt-4o', billed)
      expectBill({ messages: [{ role: 'user', content }] }, 'gpt-4o-mini', billedOnMini)
    },
  )
})

/**
 * Numbers in LiteLLM's tests that are no bills: its own counter's answers. The first agrees with the frame of every bill above; the
 * second counts the id of a call as if it were text of the prompt, which no recorded bill shows.
 */
describe('counts of LiteLLM that nobody billed', () => {
  const turns = [says('system', 'System prompt'), says('user', 'content1'), says('assistant', 'content2')]
  const id = 'call_E0lOb1h6qtmflUyok4L06TgY'
  const json = '{"query":"search query","domain":"google.ca","gl":"ca","hl":"en"}'
  const call = { id, type: 'function', function: { name: 'SearchInternet', arguments: json } }
  const history = [
    ...turns,
    says('user', 'conten3'),
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: id, name: 'SearchInternet', content: 'tool content' },
  ]

  it('agrees on a prefix', () => {
    const prefix = { ...says('assistant', 'Argentina'), prefix: true }
    expectBill({ messages: [says('user', 'Who won the world cup in 2022?'), prefix] }, 'gpt-3.5-turbo', 22)
  })

  it('does not follow it on calls: it has 80', () => {
    expect(estimator.countTokens({ messages: history }, { model: 'gpt-3.5-turbo' }).tokens).toBe(59)
  })
})
