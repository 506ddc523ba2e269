/**
 * The member of a list that is the same code as another but for small and capital letters. Categories are typed by partners and devices:
 * a rule that binds `schoolBus` binds `SchoolBus`, too. Codes are ASCII, so this needs no locale.
 */
export function sameCode<T extends string | number>(listed: readonly T[], code: string): T | undefined {
  if ((listed as readonly (string | number)[]).includes(code)) return code as T;
  const wanted = code.toLowerCase();
  return listed.find((each) => typeof each === 'string' && each.toLowerCase() === wanted);
}
