/** What a morning tells, as numbers and names. Masses in kilograms, as they are told. */
export interface Told {
  /** Taken, read, different labels. */
  readonly pictures: readonly number[];
  readonly car: { readonly vin: string; readonly kilograms: number; readonly item: string };
  readonly appliances: readonly [taken: number, known: number];
  readonly outputs: readonly [number: number, kilograms: number];
  readonly line: readonly [appliances: number, lots: number];
  readonly refusal: string;
  readonly proof: string;
  readonly handover: { readonly vin: string; readonly state: string; readonly holder: string };
  readonly smelted: readonly [lots: number, kilograms: number];
  readonly trace: { readonly door: string; readonly car: string };
  readonly page: string;
  /** Blocks, transactions, events, rows of the world state, rows and events of the read model. */
  readonly ledger: readonly number[];
  readonly stations: readonly (readonly [name: string, events: number, refused: number])[];
}

/** Reads the story that the demo printed in English. @throws Error naming a line that is missing */
export function readStory(text: string): Told {
  const find = (pattern: RegExp): string[] => {
    const found = pattern.exec(text);
    if (!found) throw new Error(`no line ${String(pattern)} in:\n${text}`);
    return found.slice(1);
  };
  const numbers = (pattern: RegExp): number[] => find(pattern).map(Number);
  const two = (pattern: RegExp): readonly [number, number] => {
    const [first = NaN, second = NaN] = numbers(pattern);
    return [first, second];
  };
  const [vin = '', kilograms, item = ''] = find(/takes in a car: (\S+), ([\d.]+) kg, id (hl1\w+)\./);
  const [host = '', state = '', holder = ''] = find(
    /fits it into (\S+) \(state (\w+)\); .* are held by (.+)\./,
  );
  const [door = '', origin = ''] = find(/traces door (hl1\w+) back to car (hl1\w+)\./);
  return {
    pictures: numbers(/(\d+) pictures.*?, (\d+) can be read, (\d+) different labels/),
    car: { vin, kilograms: Number(kilograms), item },
    appliances: two(/takes in (\d+) washing machines .* now marked: (\d+)\./),
    outputs: two(/shredded: (\d+) outputs, ([\d.]+) kg together/),
    line: two(/(\d+) washing machines go down the line and give (\d+) lots of steel/),
    refusal: find(/^ {3}(HL-\d{4}) /m)[0] ?? '',
    proof: find(/proof is kept as (\S+) and verifies offline/)[0] ?? '',
    handover: { vin: host, state, holder },
    smelted: two(/smelts (\d+) lots of steel, ([\d.]+) kg together/),
    trace: { door, car: origin },
    page: find(/To look at on a phone: (\S+)/)[0] ?? '',
    ledger: numbers(
      /genesis block: (\d+) blocks, (\d+) transactions, (\d+) events; compared with (\d+) rows of the world state and, of the read model, with (\d+) rows and (\d+) events, no difference/,
    ),
    stations: [...text.matchAll(/^ {3}(.+): (\d+), of them refused (\d+)$/gm)].map(
      ([, name = '', events, refused]) => [name, Number(events), Number(refused)] as const,
    ),
  };
}
