import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scene, type Actor } from './scene.js';

let scene: Scene;
let plant: Actor;
let works: Actor;
let smelter: Actor;
let shredder: Actor;
let shop: Actor;
let trader: Actor;
let carrier: Actor;
let otherShop: Actor;
let car: string;

/** The vehicle's record names one engine and two axles. */
beforeAll(async () => {
  scene = await Scene.begin();
  await scene.table('massTolerance', { permille: 50 });
  plant = await scene.party('拆解厂', ['dismantler'], [{ role: 'dismantler' }]);
  works = await scene.party(
    '发动机再制造',
    ['remanufacturer'],
    [{ role: 'remanufacturer', categories: ['engine'] }],
  );
  smelter = await scene.party('冶炼', ['smelter'], [{ role: 'smelter' }]);
  shredder = await scene.party('破碎', ['shredder'], [{ role: 'shredder' }]);
  shop = await scene.party('维修', ['repairShop']);
  otherShop = await scene.party('另一维修', ['repairShop']);
  trader = await scene.party('配件商', ['partsDealer']);
  carrier = await scene.party('承运', ['carrier']);
  const tags = [{ scheme: 'vin', value: 'LSVAM4186C2123456' }];
  car = await plant.registers('car', 'vehicle', 'passengerCar', { tags });
  const assemblies = { engine: 1, frontAxle: 1, rearAxle: 1 };
  await plant.did(
    car,
    ['surrender'],
    ['receive', { massGrams: 1_200_000, assemblies }],
    ['issueCertificate', { number: 'HZ-B' }],
    ['depollute', { outputs: [plant.output('oil', 'lot', 'wasteOil', 9_000)] }],
  );
});
afterAll(() => scene.end());

const serial = (value: string) => ({ scheme: 'serial', value });

/** An assembly that came out of the car, without a code, and was inspected. */
async function taken(category: string, result: 'fit' | 'unfit', massGrams = 60_000): Promise<string> {
  const output = { ...plant.output(category, 'part', category, massGrams), model: `model of ${category}` };
  await plant.did(car, ['dismantle', { outputs: [output] }]);
  await plant.did(output.item, ['inspect', { result }]);
  return output.item;
}

describe('the five assemblies of a scrapped vehicle', () => {
  let engine: string;
  let axle: string;
  let product: string;

  it('engine, inspected and fit, to a remanufacturer licensed for engines: accepted once it is coded', async () => {
    engine = await taken('engine', 'fit');
    expect(await plant.does('handover', engine, { to: works.creditCode })).toBe('HL-2313');
    await plant.did(engine, ['codePart', { label: serial('E-B-1') }]);
    await plant.gives(engine, works);
    expect(await scene.item(engine, works)).toMatchObject({
      model: 'model of engine',
      tags: [serial('E-B-1')],
    });
  });

  it('transmission to the same firm: refused, its licence lacks transmissions', async () => {
    const transmission = await taken('transmission', 'fit');
    expect(await plant.does('handover', transmission, { to: works.creditCode })).toBe('HL-2105');
  });

  it('frame, unfit, to a smelter: accepted', async () => {
    await plant.gives(await taken('frame', 'unfit', 212_000), smelter);
  });

  it('steering gear, unfit, to a shredder: accepted', async () => {
    await plant.gives(await taken('steeringGear', 'unfit', 12_000), shredder);
  });

  it('front axle to a repair shop or a trader as owner: refused', async () => {
    axle = await taken('frontAxle', 'fit');
    expect(await plant.does('handover', axle, { to: shop.creditCode })).toBe('HL-2104');
    expect(await plant.does('handover', axle, { to: trader.creditCode })).toBe('HL-2104');
  });

  it('front axle to a carrier with the consignee fixed to a remanufacturer: accepted where its licence names axles', async () => {
    const axles = await scene.party('车桥再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]);
    const carried = { keepOwnership: true, consignee: axles.creditCode };
    expect(await plant.does('handover', axle, { to: carrier.creditCode })).toBe('HL-2104');
    expect(await plant.does('handover', axle, { to: carrier.creditCode, ...carried })).toBe('HL-2313');
    await plant.did(axle, ['codePart', { label: serial('AX-1') }]);
    await plant.gives(axle, carrier, carried);
    expect(await carrier.does('handover', axle, { to: trader.creditCode })).toBe('HL-2107');
    await carrier.gives(axle, axles);
    expect(await scene.item(axle, axles)).toMatchObject({ owner: axles.creditCode });
  });

  it('a second engine, or a third axle, from this VIN: refused', async () => {
    await plant.did(car, ['dismantle', { outputs: [plant.output('rear', 'part', 'rearAxle', 55_000)] }]);
    for (const [name, category] of [
      ['second engine', 'engine'],
      ['third axle', 'rearAxle'],
      ['another front axle', 'frontAxle'],
    ] as const) {
      const outputs = [plant.output(name, 'part', category, 1_000)];
      expect(await plant.does('dismantle', car, { outputs }), name).toBe('HL-2103');
    }
  });

  it('the engine becomes a remanufactured one, which is fitted in another car and names core and VIN', async () => {
    await works.did(engine, ['designateCore'], ['grade', { grade: 'A' }]);
    const made = {
      ...works.output('product', 'part', 'engine', 59_000),
      tags: [{ scheme: 'serial', value: 'ZZZ-B' }],
    };
    await works.did(engine, ['remanufacture', { product: made, mark: 'ZZZ-B' }]);
    product = made.item;
    await works.gives(product, otherShop);
    const other = await otherShop.registers('other', 'vehicle', 'passengerCar');
    await otherShop.did(product, ['fit', { into: other }]);
    expect(await scene.item(product, otherShop)).toMatchObject({ core: engine, fittedInto: other });
    expect(await scene.item(engine, works)).toMatchObject({ parent: car, state: 'remanufactured' });
  });
});

describe('a frame that is fit', () => {
  it('goes to a remanufacturer with the original VIN in its code: else refused', async () => {
    const vin = 'LVVDB11BXRD000004';
    const frames = await scene.party('车架再制造', ['remanufacturer'], [{ role: 'remanufacturer' }]);
    const third = await plant.registers('third car', 'vehicle', 'passengerCar', {
      tags: [{ scheme: 'vin', value: vin }],
    });
    const frame = { ...plant.output('its frame', 'part', 'frame', 212_000), tags: [serial('FRAME-1')] };
    await plant.did(
      third,
      ['surrender'],
      ['receive', { massGrams: 1_000_000 }],
      ['issueCertificate', { number: 'HZ-D' }],
      ['depollute', { outputs: [plant.output('oil of the third', 'lot', 'wasteOil', 8_000)] }],
      ['dismantle', { outputs: [frame] }],
    );
    await plant.did(frame.item, ['inspect', { result: 'fit' }]);
    expect(await plant.does('handover', frame.item, { to: frames.creditCode })).toBe('HL-2314');
    await plant.did(frame.item, ['codePart', { label: serial(`${vin}-F`), model: 'MQB' }]);
    await plant.gives(frame.item, frames);
    expect(await scene.item(frame.item, frames)).toMatchObject({ owner: frames.creditCode, model: 'MQB' });
  });
});

describe('a core that fails grading', () => {
  it('goes to a shredder: accepted; to a shop as a second-hand part: refused', async () => {
    const second = await plant.registers('second car', 'vehicle', 'passengerCar');
    const engine = { ...plant.output('its engine', 'part', 'engine', 140_000), tags: [serial('E-C-1')] };
    await plant.did(
      second,
      ['surrender'],
      ['receive', { massGrams: 1_000_000 }],
      ['issueCertificate', { number: 'HZ-C' }],
      ['depollute', { outputs: [plant.output('its oil', 'lot', 'wasteOil', 8_000)] }],
      ['dismantle', { outputs: [engine] }],
    );
    await plant.did(engine.item, ['inspect', { result: 'fit' }]);
    await plant.gives(engine.item, works);
    await works.did(engine.item, ['designateCore'], ['grade', { grade: 'unfit' }]);
    expect(await works.does('handover', engine.item, { to: shop.creditCode })).toBe('HL-2111');
    expect(
      await works.does('remanufacture', engine.item, {
        product: works.output('never', 'part', 'engine', 1_000),
        mark: 'ZZZ-C',
      }),
    ).toBe('HL-2111');
    await works.gives(engine.item, shredder);
  });
});

describe('an engine of a registered car', () => {
  let engine: string;
  let customers: string;

  beforeAll(async () => {
    customers = await shop.registers('customer', 'vehicle', 'passengerCar');
  });

  it('removed at a repair shop, repaired and refitted there: accepted', async () => {
    engine = await shop.registers('engine', 'part', 'engine', { class: 'usedPart', outOf: customers });
    await shop.did(engine, ['inspect', { result: 'fit' }], ['fit', { into: customers }]);
    expect(await scene.item(engine, shop)).toMatchObject({ removedFrom: customers, fittedInto: customers });
  });

  it('as a second-hand part in another car: refused', async () => {
    await shop.did(engine, ['remove', { from: customers }], ['inspect', { result: 'fit' }]);
    expect(await shop.does('markReused', engine, { mark: 'R-2' })).toBe('HL-2310');
    await shop.did(engine, ['fit', { into: customers }]);
  });

  it('removed and sold as a core: accepted', async () => {
    await shop.did(engine, ['remove', { from: customers }], ['designateCore']);
    await shop.gives(engine, works);
  });
});
