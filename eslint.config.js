import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import vueAccessibility from 'eslint-plugin-vuejs-accessibility';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts', '**/*.vue'];

// ── Walls: who may import whom (architecture of the folders, first of two guards beside tsconfig.*) ──

/** Allows only what the pattern matches; the message says what the layer is. */
const onlyImports = (pattern, message) => [{ regex: `^(?!(?:${pattern}))`, message }];
const neverImports = (pattern, message) => [{ regex: `^(?:${pattern})`, message }];

const WITHIN = '\\.{1,2}/';
const OTHER_LAYERS = (...layers) =>
  neverImports(`${WITHIN}(?:.*/)?(?:${layers.join('|')})/`, 'This layer is not reachable from here.');
const ELECTRON = neverImports(
  'electron$|electron/|electron-log$|electron-log/(?:main|renderer|preload)',
  'Only main, window, print-window, ipc, host, preload and menu know Electron; the rest runs under plain Node.',
);

const walls = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const SHARED_WALL = [
  ...onlyImports(
    `${WITHIN}|#shared/|zod$|@bpmn-io/lezer-feel$|@lezer/`,
    'shared/ is pure domain: it imports nothing but itself, zod and the FEEL grammar.',
  ),
  ...OTHER_LAYERS('electron', 'renderer', 'scripts', 'tests'),
];
const RENDERER_WALL = [
  ...neverImports(
    'node:|electron|better-sqlite3|exceljs|yaml',
    'The page has neither Node nor Electron: ask over the bridge.',
  ),
  ...OTHER_LAYERS('electron', 'scripts', 'tests'),
];
const ELECTRON_WALL = [
  ...neverImports('vue|quasar|@quasar/|pinia', 'electron/ draws nothing.'),
  ...OTHER_LAYERS('renderer', 'scripts', 'tests'),
];

// ── Purity: shared/ has no clock, no randomness, no surroundings ──

const SURROUNDINGS =
  'process console Buffer setTimeout setInterval setImmediate queueMicrotask fetch crypto performance window document navigator localStorage';
const purity = {
  'no-restricted-globals': [
    'error',
    ...SURROUNDINGS.split(' ').map((name) => ({
      name,
      message: 'shared/ has no surroundings; take it as an argument.',
    })),
  ],
  'no-restricted-syntax': [
    'error',
    ...[
      [
        'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
        'shared/ has no clock; take the time as an argument.',
      ],
      [
        'NewExpression[callee.name="Date"][arguments.length=0]',
        'shared/ has no clock; take the time as an argument.',
      ],
      ['CallExpression[callee.name="Date"]', 'shared/ has no clock; take the time as an argument.'],
      [
        'MemberExpression[object.name="Math"][property.name="random"]',
        'shared/ has no randomness; take the number as an argument.',
      ],
      ['ImportExpression', 'shared/ is synchronous: import at the top.'],
      ['AwaitExpression', 'shared/ is synchronous.'],
    ].map(([selector, message]) => ({ selector, message })),
  ],
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'out/',
      'dist/',
      'test-results/',
      'bench-results/',
      'tests/fixtures/',
      '.cache/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['shared', 'electron', 'renderer', 'tests', 'scripts'].map(
          (layer) => `./tsconfig.${layer}.json`,
        ),
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // Numbers read well in text, and have one spelling.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void promise` marks what is deliberately not awaited.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Records from outside are indexed by name; noPropertyAccessFromIndexSignature asks for the brackets.
      '@typescript-eslint/dot-notation': 'off',
      // Services are closures, not objects with a `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Takes Electron's own factories (getAllWindows) for impostors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // [...text] is how code points are counted; identifiers and passwords hold no family emoji.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      // The compiler reports names that don't exist, with the right types for each layer.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended'], vueAccessibility.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts', allowNoLang: false } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/custom-event-name-casing': ['error', 'kebab-case'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/no-v-html': 'error',
      // exactOptionalPropertyTypes says more about an absent property than a default would.
      'vue/require-default-prop': 'off',
      // Labels are tied by id: Quasar's controls are no native descendants of them.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.vue'] })],
      'import-x/extensions': ['.ts', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
      'import-x/no-duplicates': ['error', { 'prefer-inline': false }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  { files: ['shared/**/*.ts'], rules: { ...walls(SHARED_WALL), ...purity } },
  { files: ['renderer/**'], rules: walls(RENDERER_WALL) },
  { files: ['electron/**/*.ts'], rules: walls([...ELECTRON_WALL, ...ELECTRON]) },
  { files: ['electron/{main,window,print-window,ipc,host,preload,menu}.ts'], rules: walls(ELECTRON_WALL) },
  { files: ['scripts/**', '*.js', '*.ts', 'tests/**'], languageOptions: { globals: globals.node } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // An attack on the page needs the very things that the code must not use.
      '@typescript-eslint/no-implied-eval': 'off',
    },
  },
  prettier,
);
