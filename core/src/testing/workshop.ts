import type { EventOf } from '../model/events.js';
import { rowKey } from '../model/row-keys.js';
import type { PartClass } from '../model/terms.js';
import { Trade, type Party } from './trade.js';
import { numbered } from './numbered.js';

type Approved = NonNullable<EventOf<'approveLines'>['data']['lines'][number]['part']>;
type Repair = EventOf<'fit'>['data']['repair'];

export const AFTERMARKET = { mspId: 'AftermarketMSP' };
const amount = 'a'.repeat(64);

/** A shop with a damaged car, whose loss was reported, claimed and assessed. */
export class Workshop {
  readonly trade = new Trade();
  readonly insurer: Party = this.trade.party('insurer', ['insurer'], AFTERMARKET);
  readonly shop: Party = this.trade.party('shop', ['repairShop'], AFTERMARKET);
  readonly plant: Party = this.trade.party('plant', ['dismantler']);
  readonly police: Party = this.trade.party('police', ['police'], { mspId: 'OversightMSP' });
  readonly car: string;

  constructor() {
    const { item, nonce } = this.shop.signer.item('car');
    this.car = item;
    this.trade.given(
      this.shop,
      { type: 'register', item, data: { kind: 'vehicle', category: 'sedan', nonce, tags: numbered(nonce) } },
      { type: 'reportDamage', item, data: { loss: 'L1' } },
    );
    this.trade.given(
      this.insurer,
      { type: 'claimLines', item, data: { loss: 'L1', claim: 'C', cover: 'ownDamage', lines: [] } },
      { type: 'assess', item, data: { loss: 'L1' } },
    );
  }

  /** A part that the shop holds and found fit. */
  part(name: string, category = 'door', tagged: 'serial' | 'label' | 'nothing' = 'serial'): string {
    const { item, nonce } = this.shop.signer.item(name);
    const tags = {
      serial: [{ scheme: 'serial' as const, value: name.replace(/[^A-Za-z0-9]/g, '-') }],
      label: [{ scheme: 'label' as const, value: 'c'.repeat(64) }],
      nothing: [],
    }[tagged];
    const data = { kind: 'part' as const, category, nonce, tags, class: 'newPart' as const };
    this.trade.given(
      this.shop,
      { type: 'register', item, data },
      { type: 'inspect', item, data: { result: 'fit' } },
    );
    return item;
  }

  /** The insurer approves a line: one new door, unless it is said otherwise. */
  approves(line: number, version: number, approved: Partial<Approved> = {}): void {
    const known = { category: 'door', quantity: 1, classes: ['newPart'] as PartClass[], ...approved };
    this.trade.given(this.insurer, {
      type: 'approveLines',
      item: this.car,
      data: { loss: 'L1', claim: 'C', lines: [{ line, version, amount, part: known }] },
    });
  }

  /** Verdict and notice of a fitting into the car. */
  fits(item: string, repair?: Partial<Repair>, evidence?: string[]): string[] {
    const data = {
      into: this.car,
      ...(repair === undefined ? {} : { repair: { loss: 'L1', line: 1, version: 1, ...repair } }),
      ...(evidence === undefined ? {} : { evidence }),
    };
    const fitting = this.trade.event({ type: 'fit', item, data });
    const [batch] = this.trade.world.record(this.shop.signer.batch([fitting])).batches;
    return [...(batch?.verdicts ?? []), ...(batch?.notices ?? []).map(([, code]) => code)];
  }

  /** What is fitted under a line. */
  fitted(line = 1): readonly string[] {
    const loss = this.trade.world.row(rowKey.loss(this.car, 'L1'));
    return loss?.lines.find((each) => each.line === line)?.fitted ?? [];
  }

  /** The insurer pays a line. @returns the verdict */
  pays(line: number, version: number): string {
    return this.trade.does(this.insurer, {
      type: 'payLines',
      item: this.car,
      data: { loss: 'L1', claim: 'C', lines: [{ line, version }], amount },
    });
  }
}
