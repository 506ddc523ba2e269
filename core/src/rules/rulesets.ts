/** Numbers of the rulesets that this software holds. A released one never changes. */
export const RULESETS: readonly number[] = [1];

/** Bounds of a key's lane in one day at UTC+8. */
export const QUOTA = { events: 1_000_000, refused: 20_000 } as const;
