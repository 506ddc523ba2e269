import type { Language } from '@huilian/core';

/** Tells what happens, one paragraph a scene, in one language. */
export class Story {
  #scene = 0;

  constructor(
    private readonly language: Language,
    private readonly write: (text: string) => void,
  ) {}

  /** A new scene begins. */
  scene(zh: string, en: string): void {
    this.#scene += 1;
    this.write(`\n${this.#scene}. ${this.language === 'zh-CN' ? zh : en}\n`);
  }

  /** Something that was read back from the ledger. */
  line(zh: string, en: string): void {
    this.write(`   ${this.language === 'zh-CN' ? zh : en}\n`);
  }
}

/** Kilograms with what is left of the grams, for people. */
export function kilograms(grams: number): string {
  return `${Number((grams / 1000).toFixed(1))} kg`;
}
