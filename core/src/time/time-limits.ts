import type { ItemKind, Role } from '../model/terms.js';
import type { Term } from './due.js';
import type { DatedTerm, TermTables } from './terms.js';

/** One text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What starts and stops a clock. How long it runs is a rule table: `terms` here only fills the table of a trial. */
export interface TimeLimit {
  readonly name: string;
  readonly title: Words;
  /** Where the duty comes from. */
  readonly source: Words;
  readonly kinds: readonly ItemKind[];
  /** What an item must be beside its kind, such as `traction` or `hazardous`; all of them. */
  readonly traits: readonly string[];
  /** Types of events, or of `DERIVED`, that start it, when signed in one of the roles; in any role where there are none. */
  readonly startedBy: readonly string[];
  readonly roles: readonly Role[];
  /** Types of events that stop it, whoever signs them. */
  readonly stoppedBy: readonly string[];
  /** Those that may be recorded before what starts it, as the acceptance of a handover. */
  readonly stoppedBefore?: readonly string[];
  /** Those that end the handover which started it without a change of hands: what would have to be done after that is not to be done. */
  readonly cancelledBy?: readonly string[];
  /** True where several run at a time, told apart by `TimedEvent.pair`. */
  readonly paired?: true;
  readonly terms: readonly DatedTerm[];
}

/**
 * What happens to an item and is no event of a type of its own: it comes out of another one; its custody moves, for which two
 * events are needed that come in either order; it was fitted into a vehicle that has to be registered anew for that.
 */
export const DERIVED = ['takenOut', 'tookOver', 'changeDue'] as const;

/**
 * Steps of one item that also are steps of others, by the member of their data that names them. That a vehicle is struck off the
 * register is a step of the engines and frames for which it was to be registered anew.
 */
export const ALSO_OF: Readonly<Record<string, string>> = {
  changeRegistration: 'part',
  receiveCore: 'product',
  merge: 'others',
  transform: 'others',
};

/** Name of the limit of how long hazardous waste is stored. */
export const STORAGE = 'hazardousStorage';

/** Names of limits that some steps of their types do not start or stop, see `step-effects.ts`. */
export const CERTIFICATE = 'certificate';
export const CANCELLATION = 'cancellation';
export const SENT_BACK = 'sentBack';

const TRACE: Words = {
  zh: '《新能源汽车动力蓄电池回收利用溯源管理暂行规定》',
  en: 'Interim Provisions on the Traceability of the Recycling of Traction Batteries of New Energy Vehicles',
};
const UNCONFIRMED: Words = { zh: '未证实，可配置', en: 'unconfirmed, configurable' };

const days = (number: number): Term => ({ count: 'calendarDays', days: number });
const workingDays = (number: number): Term => ({ count: 'workingDays', days: number });

/** Who may recycle a traction battery, as the life cycle has it. */
const RECYCLERS: readonly Role[] = ['smelter', 'processor'];

/** A term that no source confirms, or whose length nobody knows, from the first year on of which the holidays are known. */
function unconfirmed(term: Term | undefined, warnDays: number): readonly DatedTerm[] {
  return [{ from: 20180101, to: undefined, term, warnDays, confirmed: false }];
}

/** A battery leaves: to a party on the ledger, or on paper to who uses a second-life product. */
const LEAVES: readonly string[] = ['handover', 'acceptOnBehalf'];

/** Reporting of a traction battery: known up to 2026-03-31; what the measures of 2026-04-01 say is not confirmed. */
function trace(
  name: string,
  article: number,
  length: number,
  roles: readonly Role[],
  startedBy: readonly string[],
  title: Words,
): TimeLimit {
  return {
    name,
    title,
    source: { zh: `${TRACE.zh}第${article}条`, en: `${TRACE.en}, article ${article}` },
    kinds: ['battery'],
    traits: ['traction'],
    startedBy,
    roles,
    stoppedBy: ['reportTrace'],
    // What was withdrawn has not left.
    ...(startedBy === LEAVES ? { cancelledBy: ['withdraw'] } : {}),
    terms: [
      { from: 20180801, to: 20260331, term: workingDays(length), warnDays: 5, confirmed: true },
      { from: 20260401, to: undefined, term: undefined, warnDays: 5, confirmed: false },
    ],
  };
}

/**
 * The time limits of the field. Events and traits are named by text, so that a limit may speak of steps that a life cycle gets
 * later. The history of a traction battery holds the certificate of the car that it came in.
 */
export const TIME_LIMITS: readonly TimeLimit[] = [
  {
    name: CERTIFICATE,
    title: {
      zh: '接收报废机动车后出具回收证明',
      en: 'issue the recycling certificate after taking in a scrapped vehicle',
    },
    source: UNCONFIRMED,
    kinds: ['vehicle'],
    traits: [],
    startedBy: ['receive', 'leaveHulk'],
    roles: ['dismantler'],
    stoppedBy: ['issueCertificate'],
    terms: unconfirmed(days(7), 2),
  },
  {
    name: 'supervision',
    title: { zh: '监督解体的车辆由监督方到场签名', en: 'attendance of the police at a supervised vehicle' },
    source: UNCONFIRMED,
    kinds: ['vehicle'],
    traits: ['supervised'],
    startedBy: ['receive'],
    roles: [],
    stoppedBy: ['witness'],
    terms: unconfirmed(undefined, 2),
  },
  {
    name: CANCELLATION,
    title: { zh: '出具回收证明后办理注销登记', en: 'cancellation of the registration after the certificate' },
    source: UNCONFIRMED,
    kinds: ['vehicle'],
    traits: [],
    startedBy: ['issueCertificate'],
    roles: [],
    stoppedBy: ['cancelRegistration'],
    terms: unconfirmed(undefined, 2),
  },
  trace('traceCertificate', 13, 15, ['dismantler'], ['issueCertificate'], {
    zh: '出具回收证明后上传动力电池溯源信息',
    en: 'report the traction battery after the certificate',
  }),
  trace('traceDismantlerHandover', 13, 15, ['dismantler'], LEAVES, {
    zh: '拆卸移交后上传动力电池溯源信息',
    en: 'report the traction battery after handing it out of the dismantling plant',
  }),
  trace('traceRepair', 10, 30, ['repairShop'], ['fit', 'remove'], {
    zh: '维修更换后上传动力电池溯源信息',
    en: 'report the traction battery after a repair or replacement',
  }),
  trace('traceOutletIntake', 11, 30, ['collector'], ['register', 'tookOver'], {
    zh: '回收服务网点入库后上传动力电池溯源信息',
    en: 'report the traction battery after the intake of a recycling outlet',
  }),
  trace('traceOutletHandover', 11, 30, ['collector'], LEAVES, {
    zh: '回收服务网点移交后上传动力电池溯源信息',
    en: 'report the traction battery after handing it out of a recycling outlet',
  }),
  trace('traceSecondLife', 14, 15, ['secondLifeUser'], LEAVES, {
    zh: '梯次利用产品出库后上传溯源信息',
    en: 'report the second-life battery after its dispatch',
  }),
  trace('traceRecyclerIntake', 15, 30, RECYCLERS, ['register', 'tookOver'], {
    zh: '再生利用企业接收入库后上传动力电池溯源信息',
    en: 'report the traction battery after the intake of the recycler',
  }),
  trace('traceRecycled', 15, 30, RECYCLERS, ['dispose', 'recycle'], {
    zh: '完成再生利用后上传动力电池溯源信息',
    en: 'report the traction battery after its recycling is complete',
  }),
  {
    name: STORAGE,
    title: { zh: '危险废物贮存期限', en: 'storage of hazardous waste' },
    source: UNCONFIRMED,
    kinds: ['lot', 'battery', 'part'],
    traits: ['hazardous'],
    // Custody that changes ends the storage at one party and begins it at the next. What is fitted is in use.
    startedBy: ['register', 'intakeBatch', 'takenOut', 'remove', 'tookOver'],
    roles: [],
    stoppedBy: [
      'tookOver',
      'fit',
      'dismantle',
      'remanufacture',
      'repurpose',
      'dispose',
      'recycle',
      'closeSorting',
      'split',
      'merge',
      'transform',
    ],
    terms: unconfirmed({ count: 'calendarMonths', months: 12 }, 30),
  },
  {
    name: 'handover',
    title: {
      zh: '移交后由接收方确认，逾期视为运输途中遗失',
      en: 'acceptance of a handover, after which it is lost in transit',
    },
    source: UNCONFIRMED,
    // The lots of a manifest are on their way with it.
    kinds: ['vehicle', 'part', 'device', 'battery', 'lot', 'container', 'manifest'],
    traits: [],
    startedBy: ['handover', 'carryManifest'],
    roles: [],
    stoppedBy: ['accept', 'refuse', 'withdraw', 'acceptManifest', 'refuseManifest', 'cancelManifest'],
    stoppedBefore: ['accept', 'acceptManifest', 'refuseManifest'],
    paired: true,
    terms: unconfirmed(days(7), 2),
  },
  {
    name: SENT_BACK,
    title: {
      zh: '接受人退回的危险废物由移出人收回',
      en: 'taking back of hazardous waste that the handler sent back',
    },
    source: UNCONFIRMED,
    kinds: ['manifest'],
    traits: [],
    startedBy: ['acceptManifest', 'refuseManifest'],
    roles: [],
    stoppedBy: ['takeBackLots', 'cancelManifest'],
    terms: unconfirmed(days(7), 2),
  },
  {
    name: 'coreReturn',
    title: { zh: '以旧换再：旧件返还期限', en: 'return of the core in old-for-reman' },
    source: UNCONFIRMED,
    kinds: ['part'],
    traits: [],
    startedBy: ['sellRemanufactured'],
    roles: [],
    stoppedBy: ['receiveCore'],
    paired: true,
    terms: unconfirmed(days(30), 7),
  },
  {
    name: 'registrationChange',
    title: {
      zh: '更换发动机或车架后办理变更登记',
      en: 'change of registration after an engine or frame was fitted',
    },
    source: UNCONFIRMED,
    kinds: ['part'],
    traits: ['engineOrFrame'],
    startedBy: ['changeDue'],
    roles: [],
    stoppedBy: ['changeRegistration', 'remove', 'cancelRegistration'],
    terms: unconfirmed(days(10), 3),
  },
];

/** The terms above by name, to fill the rule table of a trial with. */
export function trialTerms(): TermTables {
  return new Map(TIME_LIMITS.map(({ name, terms }) => [name, terms]));
}
