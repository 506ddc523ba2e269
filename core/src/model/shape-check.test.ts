import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Json } from '../bytes/canonical.js';
import { toBase64url, toHex } from '../bytes/encode.js';
import { itemIdOf } from '../ids/item-id.js';
import { EVENT_TYPES, eventShape } from './events.js';
import { shapeCheck } from './shape-check.js';

const digest = new Uint8Array(32).fill(7);
const keyId = toBase64url(digest);
const nonce = toBase64url(digest.subarray(0, 16));
const item = itemIdOf(keyId, nonce);
const creditCode = '91320000MA0DEM001U';
const tag = { scheme: 'vin', value: 'LSVAM4186C2123456' };
const hash = toHex(digest);
const pack = '001PE240000003B3C0000001';
const rule = { name: 'massTolerance', province: 'CN', version: 1 };
const weighing = { grossGrams: 9, tareGrams: 4, netGrams: 5, scale: 'W-1', calibratedUntil: 9 };
const lot = { item, nonce, kind: 'lot', category: 'steel', massGrams: 4, pieces: 2, tags: [tag] };

/** Data with every member that may be there. */
const full: Readonly<Record<string, Json>> = {
  register: {
    kind: 'vehicle',
    category: 'M1',
    nonce,
    tags: [tag, { scheme: 'serial', value: 'A1' }, { scheme: 'label', value: hash }],
    massGrams: 1,
    class: 'newPart',
    assemblies: { engine: 1, rearAxle: 2 },
    source: { kind: 'household', slip: 'S-1' },
  },
  inspect: { result: 'fit', evidence: [hash] },
  handover: { to: creditCode, massGrams: 0, keepOwnership: false, consignee: creditCode },
  withdraw: {},
  accept: {
    from: creditCode,
    massGrams: 5,
    count: 9,
    exceptions: [{ reason: 'missing', items: [item] }],
  },
  refuse: { from: creditCode, reason: 'damaged' },
  dismantle: {
    outputs: [
      { item, nonce, kind: 'part', category: 'door', massGrams: 3, tags: [tag] },
      { item, nonce, kind: 'lot', category: 'steel', massGrams: 4 },
    ],
    lossGrams: 1,
    toleranceVersion: 1,
  },
  pack: { items: [item] },
  unpack: { items: [item] },
  retireContainer: {},
  acceptOnBehalf: { document: hash, creditCode, licence: 'L-1', massGrams: 5, keepOwnership: true },
  receiveOnPaper: { document: hash, household: 'S-1' },
  settleDifference: { reason: 'recounted' },
  reportDamage: { loss: 'L-1', day: 20260302, evidence: [hash] },
  assess: { loss: 'L-1', evidence: [hash] },
  declareTotalLoss: { loss: 'L-1', totalLoss: 'mustScrap', evidence: [hash] },
  sellSalvage: { to: creditCode },
  returnToUse: { evidence: [hash] },
  surrender: { source: { kind: 'household', slip: 'S-1' } },
  receive: {
    massGrams: 1,
    assemblies: { frame: 1 },
    supervised: true,
    packs: [pack],
    incompleteVehicle: 'swapContract',
    evidence: [hash],
  },
  issueCertificate: { number: 'C-1' },
  cancelRegistration: { evidence: [hash] },
  depollute: {
    outputs: [{ item, nonce, kind: 'lot', category: 'oil', massGrams: 4 }],
    certificateVersion: 1,
  },
  leaveHulk: { massGrams: 1, lossGrams: 0, toleranceVersion: 1 },
  shred: {
    outputs: [{ item, nonce, kind: 'lot', category: 'steel', massGrams: 4 }],
    lossGrams: 0,
    toleranceVersion: 1,
  },
  hold: { reason: 'suspectedStolen', evidence: [hash] },
  release: { evidence: [hash] },
  witness: { evidence: [hash] },
  markReused: { mark: 'M-1', evidence: [hash] },
  designateCore: {},
  grade: { grade: 'A', missing: ['turbocharger'], evidence: [hash] },
  remanufacture: {
    product: { item, nonce, kind: 'part', category: 'engine', massGrams: 3, tags: [tag] },
    mark: 'Z-1',
    evidence: [hash],
  },
  collectUnit: { source: { kind: 'household', slip: 'S-1' } },
  receiveUnit: {
    massGrams: 1,
    identity: 'serial',
    nameplate: hash,
    type: 'fridge',
    screenTenthInches: 1,
    capacityGrams: 1,
    volumeLitres: 1,
    coolingWatts: 1,
    missing: ['compressor'],
    partsVersion: 1,
    label: tag,
    evidence: [hash],
  },
  labelUnit: { label: tag },
  bindSet: { partner: item },
  triage: { route: 'reuse', evidence: [hash] },
  eraseData: { method: 'overwritten', evidence: [hash] },
  testUnit: { result: 'passed', evidence: [hash] },
  refurbish: { mark: 'U-1', evidence: [hash] },
  sellRefurbished: { buyer: { kind: 'public', slip: 'S-1' } },
  stockUnit: { place: 'A-1' },
  issueToLine: { line: 'L-1', stepsVersion: 1 },
  lineStep: { step: 'drain', evidence: [hash] },
  closeUnit: {},
  claimLines: {
    loss: 'L-1',
    claim: 'X-1',
    cover: 'recourse',
    lines: [1, 2],
    against: creditCode,
    evidence: [hash],
  },
  approveLines: {
    loss: 'L-1',
    claim: 'X-1',
    lines: [
      { line: 1, version: 1, amount: hash },
      {
        line: 2,
        version: 1,
        amount: hash,
        part: { category: 'door', quantity: 2, classes: ['newPart', 'secondHandPart'], numbers: ['D-1'] },
      },
    ],
    evidence: [hash],
  },
  payLines: {
    loss: 'L-1',
    claim: 'X-1',
    insurer: creditCode,
    lines: [{ line: 1, version: 1 }],
    amount: hash,
    evidence: [hash],
  },
  changeRegistration: { part: item, evidence: [hash] },
  sellRemanufactured: {
    seller: creditCode,
    sale: 'S-1',
    line: 1,
    price: hash,
    statePilotVersion: 1,
    coreDepositVersion: 1,
  },
  receiveCore: { seller: creditCode, sale: 'S-1', line: 1, product: item, evidence: [hash] },
  claimEntitlement: { seller: creditCode, sale: 'S-1', line: 1, scheme: 'coreDeposit', core: item },
  fit: {
    into: item,
    repair: { loss: 'L-1', line: 1, version: 1, vehicle: item, number: 'D-1' },
    evidence: [hash],
  },
  remove: { from: item, massGrams: 1 },
  dispose: { method: 'smelted', evidence: [] },
  collectBattery: { slip: 'S-1' },
  takeInBattery: { massGrams: 1, toleranceVersion: 1, evidence: [hash] },
  testBattery: { capacityPermille: 800, tableVersion: 1, defect: 'leaking', evidence: [hash] },
  repurpose: {
    product: {
      item,
      nonce,
      kind: 'battery',
      category: 'energyStorage',
      massGrams: 3,
      tags: [{ scheme: 'battery', value: pack }],
    },
    addedGrams: 1,
    lossGrams: 0,
    toleranceVersion: 1,
    evidence: [hash],
  },
  recycle: {
    outputs: [{ item, nonce, kind: 'lot', category: 'blackMass', massGrams: 4 }],
    lossGrams: 0,
    toleranceVersion: 1,
    evidence: [hash],
  },
  reportTrace: { number: 'T-1' },
  declarePackMissing: { pack, reason: 'swapContract', evidence: [hash] },
  intakeBatch: {
    nonce,
    tags: [tag],
    ticket: 'T-1',
    ticketHash: hash,
    weighing,
    mix: [{ category: 'television', pieces: 3 }, { category: 'steel' }],
    estimatedPieces: 4,
    source: { kind: 'participant', slip: 'S-1' },
  },
  sort: {
    outputs: [{ item, nonce, kind: 'device', category: 'television', massGrams: 4, pieces: 1, tags: [tag] }],
    toleranceVersion: 1,
  },
  closeSorting: { residueGrams: 0, toleranceVersion: 1 },
  weigh: { weighing, pieces: 2, lossGrams: 0, toleranceVersion: 1, evidence: [hash] },
  sample: { output: lot, number: 'P-1', evidence: [hash] },
  split: { outputs: [lot, lot], lossGrams: 0, toleranceVersion: 1 },
  merge: { others: [item], output: lot, lossGrams: 0, toleranceVersion: 1 },
  transform: {
    others: [item],
    process: 'crushing',
    outputs: [lot],
    lossGrams: 0,
    toleranceVersion: 1,
    evidence: [hash],
  },
  openManifest: {
    nonce,
    number: '20250000000001',
    carrier: creditCode,
    handler: creditCode,
    lots: [{ item, wasteCode: '900-045-49' }],
    evidence: [hash],
  },
  carryManifest: { lots: [item] },
  acceptManifest: { lots: [{ item, massGrams: 1, pieces: 1 }], evidence: [hash] },
  refuseManifest: { lots: [item], reason: 'massDiffers', evidence: [hash] },
  cancelManifest: { lots: [item] },
  returnManifest: { evidence: [hash] },
  correct: { event: `${keyId}.1.0`, termVersion: 1, outputs: [item], reason: 'wrongItem', evidence: [hash] },
  agreeCorrection: { event: `${keyId}.1.0`, termVersion: 1, outputs: [item] },
  classifyRefusal: { event: `${keyId}.1.0`, class: 'mistake', evidence: [hash] },
  'participant.register': { creditCode, name: '再生 😀 Ltd', roles: ['dismantler'], province: '320000' },
  'participant.suspend': { creditCode, reason: 'audit' },
  'participant.reinstate': { creditCode },
  'licence.grant': {
    creditCode,
    licence: {
      number: 'L-1',
      kind: 'dismantler',
      categories: ['M1'],
      annualCapacity: 1,
      validFrom: 0,
      validTo: 1,
      authority: '😀'.repeat(100),
    },
  },
  'licence.countersign': { creditCode, number: 'L-1', digest: hash },
  'key.register': {
    owner: creditCode,
    kind: 'device',
    publicKey: { x: keyId, y: keyId },
    proof: 'A'.repeat(86),
    validTo: 9,
  },
  'key.revoke': { keyId, lastSequence: 0, reason: 'lost' },
  'rule.propose': { ...rule, from: 1, table: { M1: 1, text: 'a', list: [1, 'b'] } },
  'rule.approve': rule,
  'ruleset.propose': { number: 1 },
  'ruleset.approve': { number: 1 },
  'tag.award': { tag, item },
  'finding.decide': { finding: `contestedTag.${keyId}.1.0`, outcome: 'mistake', reason: 'typed' },
};

function fullEvent(type: string): Json {
  const shared = {
    version: 1,
    time: 1,
    operator: 'o',
    station: 's',
    cites: `${keyId}.1.0`,
    replaces: `${keyId}.1.1`,
    type,
  };
  const data = full[type] ?? null;
  return type.includes('.') ? { ...shared, data } : { ...shared, data, item };
}

/** Values at and beyond the bounds that schemas set. */
const replacement: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...[null, true, 0, -0, -1, 1.5, 9999, 10_000, 1_000_000_000, 1_000_000_001, 2 ** 53, 1e300],
  ...['', 'a', 'A', 'fit', 'part', 'CN', '320000', item, item.toUpperCase(), nonce, keyId, hash, creditCode],
  ...['x'.repeat(120), 'x'.repeat(121), '😀'.repeat(100), '😀'.repeat(101), '\u202e', `${hash}\n`],
  ...[[], {}, [hash], [1], { scheme: 'vin', value: 'x' }, tag, [tag], Array.from({ length: 41 }, () => hash)],
);

type Change = (holder: Record<string, Json>, name: string) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  replacement.map(
    (value): Change =>
      (holder, name) =>
        void (holder[name] = structuredClone(value)),
  ),
  fc.constant<Change>((holder, name) => Reflect.deleteProperty(holder, name)),
  fc.constant<Change>((holder) => void (holder['more'] = 1)),
  fc.tuple(fc.nat(120), fc.string({ maxLength: 1 })).map(([at, text]): Change => (holder, name) => {
    const value = holder[name];
    if (typeof value === 'string') holder[name] = value.slice(0, at) + text + value.slice(at + 1);
  }),
  fc.nat(50).map((times): Change => (holder, name) => {
    const value = holder[name];
    if (Array.isArray(value))
      holder[name] = Array.from({ length: times }, () => (value as Json[])[0] ?? hash);
  }),
);

/** Every place in a value: what holds it, and under which name. */
function placesIn(value: Json): [Record<string, Json>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, Json>;
  return Object.keys(holder).flatMap((name) => [[holder, name], ...placesIn(holder[name] ?? null)] as const);
}

function changed(event: Json, changes: readonly (readonly [Change, number])[]): Json {
  const copy = structuredClone(event);
  for (const [apply, at] of changes) {
    const places = placesIn(copy);
    const place = places[at % places.length];
    if (place) apply(...place);
  }
  return copy;
}

describe.each(EVENT_TYPES)('The quick check of %s', (type) => {
  const { schema, fits } = eventShape(type) ?? { schema: z.never(), fits: () => false };

  it('accepts an event that has all members', () => {
    expect(schema.safeParse(fullEvent(type)).error).toBeUndefined();
    expect(fits(fullEvent(type))).toBe(true);
  });

  it('accepts exactly what the schema accepts', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat()), { maxLength: 3 }), (changes) => {
        const event = changed(fullEvent(type), changes);
        const accepted = schema.safeParse(event).success;
        seen.add(accepted);
        expect(fits(event)).toBe(accepted);
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  it('refuses a member that would be the prototype', () => {
    const text = JSON.stringify(fullEvent(type)).replace('{', '{"__proto__":{},');
    expect(fits(JSON.parse(text))).toBe(false);
    expect(schema.safeParse(JSON.parse(text)).success).toBe(false);
  });
});

describe('Any quick check', () => {
  it('asks the schema where it has no form of its own', () => {
    const fits = shapeCheck(
      z.strictObject({ at: z.string().transform(Number), odd: z.number().multipleOf(2) }),
    );
    expect(fits({ at: '1', odd: 4 })).toBe(true);
    expect(fits({ at: '1', odd: 3 })).toBe(false);
    expect(fits({ at: 1, odd: 4 })).toBe(false);
  });

  it('leaves a hole in a list to be refused', () => {
    expect(shapeCheck(z.array(z.string()))(new Array(2))).toBe(false);
  });
});
