import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { determinism } from './eslint.determinism.js';

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.huilian/',
      'chaincode/bundle/',
      'scanner-cli/bundle/',
      'coverage/',
      'eslint.determinism.d.ts',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['*/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      // Invisible characters are refused by grammar, and the grammar must name them.
      'no-control-regex': 'off',
      // A number in a text is a number in a text.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A leading underscore says that a name is only there to be left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // The compiler asks for brackets on index signatures.
      '@typescript-eslint/dot-notation': 'off',
      // An empty variable of the environment counts as one that is not set; so does a flag that is absent.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true, boolean: true } },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Its answer would be `!`, which is forbidden.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Types, not interfaces, where a union or a record is meant.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Interfaces ask for a promise where an implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Classes that decorators read need not hold more.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.testing.ts', 'core/src/testing/**/*.ts', 'tests/**/*.ts'],
    rules: {
      // `expect(...)` reads methods without calling them, a test may count on what it set up, its alphabets are ASCII.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // What a program answered is what the test is about; a stand-in may have nothing to do.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  ...determinism,
  {
    files: ['**/*.{js,mjs}', 'vitest.config.ts'],
    languageOptions: { globals: globals.node, parserOptions: { project: false } },
    extends: [tseslint.configs.disableTypeChecked],
  },
);
