// What the ledger's code must not touch: everything whose answer differs between two machines, two moments or two runs.
// All endorsers must reach the same bytes, and a replay in ten years must reach them again.

const clock = 'Ledger time comes with the transaction; runtime/clock.ts alone reads a clock.';
const chance = 'Randomness comes from the caller: two endorsers would differ.';
const locale = 'Locales differ between machines: compare ASCII or bytes.';
const order = 'State an order: Object.keys(…).sort(), or a list that the format fixes.';
const surroundings = 'The environment differs between machines.';

const forbiddenGlobals = [
  ['Date', clock],
  ['performance', clock],
  ['setTimeout', clock],
  ['setInterval', clock],
  ['setImmediate', clock],
  ['queueMicrotask', clock],
  ['crypto', chance],
  ['Intl', locale],
  ['process', surroundings],
  ['fetch', surroundings],
  ['WeakRef', 'Garbage collection differs between runs.'],
  ['FinalizationRegistry', 'Garbage collection differs between runs.'],
].map(([name, message]) => ({ name, message }));

const forbiddenProperties = [
  { object: 'Math', property: 'random', message: chance },
  ...['sin', 'cos', 'tan', 'exp', 'log', 'log2', 'log10', 'pow', 'sqrt', 'cbrt', 'hypot'].map((property) => ({
    object: 'Math',
    property,
    message: 'The last bit of a float differs between engines: count in integers.',
  })),
  ...[
    'localeCompare',
    'toLocaleString',
    'toLocaleLowerCase',
    'toLocaleUpperCase',
    'toLocaleDateString',
    'toLocaleTimeString',
  ].map((property) => ({ property, message: locale })),
  { property: 'normalize', message: 'Unicode versions differ: text is normalised at the edge.' },
  { property: 'toFixed', message: 'Quantities are integers.' },
];

const forbiddenSyntax = [
  { selector: 'ForInStatement', message: order },
  { selector: 'CallExpression[callee.name="parseFloat"]', message: 'Quantities are integers.' },
  {
    selector: 'CallExpression[callee.object.name="Number"][callee.property.name="parseFloat"]',
    message: 'Quantities are integers.',
  },
  {
    selector: 'Literal[raw=/^[0-9]*\\.[0-9]|^[0-9.]+e-/]',
    message: 'Quantities are integers: no fractions.',
  },
  {
    selector: 'Literal[regex.pattern=/\\\\[pP]\\{/]',
    message: 'Unicode versions differ: name the characters.',
  },
  { selector: 'ImportExpression', message: 'All code is loaded before the first transaction.' },
];

const forbiddenImports = [
  {
    name: 'node:crypto',
    importNames: [
      'randomBytes',
      'randomUUID',
      'randomInt',
      'randomFillSync',
      'randomFill',
      'getRandomValues',
      'webcrypto',
      'generateKeyPairSync',
      'generateKeyPair',
    ],
    message: chance,
  },
  { name: 'node:timers', message: clock },
  { name: 'node:perf_hooks', message: clock },
  { name: 'node:os', message: surroundings },
  { name: 'node:worker_threads', message: 'One transaction is one thread.' },
];

const forbiddenModules = [
  {
    regex: '^(node:)?(fs|net|http|https|http2|child_process|dns|tls|vm|v8)(/.*)?$',
    message: 'What the ledger decides follows from what it is given.',
  },
];

/** Test data may be made of anything; the code that is tested may not. */
const tests = ['**/*.test.ts', 'core/src/testing/**'];

export const determinism = [
  {
    files: ['core/src/**/*.ts', 'chaincode/src/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', ...forbiddenGlobals],
      'no-restricted-properties': ['error', ...forbiddenProperties],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      'no-restricted-imports': ['error', { paths: forbiddenImports, patterns: forbiddenModules }],
    },
  },
  {
    // The one clock: it can fail an endorsement, but no result depends on it.
    files: ['chaincode/src/runtime/clock.ts'],
    rules: { 'no-restricted-globals': ['error', ...forbiddenGlobals.filter(({ name }) => name !== 'Date')] },
  },
  {
    // What starts the process reads its environment and its files once, before the first transaction.
    files: ['chaincode/src/{main,naive/main}.ts', 'chaincode/src/runtime/{config,bundle}.ts'],
    rules: {
      'no-restricted-globals': ['error', ...forbiddenGlobals.filter(({ name }) => name !== 'process')],
      'no-restricted-imports': ['error', { paths: forbiddenImports }],
    },
  },
];
