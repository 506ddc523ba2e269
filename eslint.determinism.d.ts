import type { Linter } from 'eslint';

export const determinism: Linter.Config[];
