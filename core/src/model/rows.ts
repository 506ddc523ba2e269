import type { PublicKey } from '../bytes/signature.js';
import type { InsuranceFacts } from './facts/insurance.js';
import type { LossRow } from './loss.js';
import type { SaleRow } from './sale.js';
import type { Tag } from '../tags/tag.js';
import type { ApplianceFacts } from './facts/appliance.js';
import type { BatteryFacts } from './facts/battery.js';
import type { LotFacts, ManifestFacts } from './facts/lot.js';
import type { CorrectionFacts } from './facts/correction.js';
import type { LogisticsFacts } from './facts/logistics.js';
import type {
  Assembly,
  CoreGrade,
  ExceptionReason,
  HoldReason,
  ItemKind,
  ItemState,
  KeyKind,
  PartClass,
  Role,
  TotalLoss,
} from './terms.js';

export type { LossRow, SaleRow };

/** `ledger`: which ledger this is. `id` is the SHA-256 of the genesis block's header in hex. */
export interface LedgerRow {
  readonly id: string;
}

export interface LicenceRow {
  readonly number: string;
  readonly kind: Role;
  readonly categories: readonly string[];
  readonly annualCapacity: number;
  readonly validFrom: number;
  readonly validTo: number;
  readonly authority: string;
  /** Key of Oversight that countersigned; without it the licence allows nothing. */
  readonly countersignedBy?: string;
}

/** `participant/{creditCode}` */
export interface ParticipantRow {
  readonly name: string;
  readonly mspId: string;
  readonly province: string;
  readonly roles: readonly Role[];
  readonly licences: readonly LicenceRow[];
  readonly status: 'active' | 'suspended';
}

/** `key/{keyId}`. `owner` is a credit code, or the organisation for administrators. */
export interface KeyRow {
  readonly publicKey: PublicKey;
  readonly kind: KeyKind;
  readonly mspId: string;
  readonly owner: string;
  readonly validTo?: number;
  /** Of an administrator that was registered by a key: the first key of that line, which a certificate registered. */
  readonly root?: string;
  /** Set when the key is revoked: batches after this sequence are not admitted. */
  readonly lastSequence?: number;
}

/** `lane/{keyId}` */
export interface LaneRow {
  /** Sequence that the next batch must bear. */
  readonly next: number;
  /** Digest of the last recorded batch, `""` before the first. */
  readonly head: string;
  /** Sequences that were declared lost, first and last of each gap. */
  readonly gaps?: readonly (readonly [number, number])[] | undefined;
  /** Sequence at which a second batch turned up. */
  readonly forked?: number | undefined;
  /** Day at UTC+8, counted from 1970, and what was recorded on it. */
  readonly day: number;
  readonly events: number;
  readonly refused: number;
}

/** A handover that the giver signed and nobody accepted yet. */
export interface OpenHandover {
  readonly to: string;
  /** Who is to own it in the end, when `to` only carries it. */
  readonly consignee?: string | undefined;
  readonly massGrams?: number | undefined;
  readonly keepOwnership?: boolean | undefined;
  /** True when a service key signed for the giver. */
  readonly service?: true | undefined;
}

/** An acceptance that arrived before its handover. */
export interface OpenAcceptance {
  readonly by: string;
  readonly from: string;
  readonly massGrams?: number | undefined;
  /** Of a container: how many things the receiver counted, and what it leaves with the giver. */
  readonly count?: number | undefined;
  readonly exceptions?: readonly ExceptionsFor[] | undefined;
  /** True when a service key signed for the receiver. */
  readonly service?: true | undefined;
}

/** Things that an acceptance leaves with the giver for one reason. */
export interface ExceptionsFor {
  readonly reason: ExceptionReason;
  readonly items: readonly string[];
}

/** How many of each assembly a vehicle has; one where nothing is said. */
export type Assemblies = { readonly [Name in Assembly]?: number | undefined };

/** `item/{id}` */
export interface ItemRow {
  readonly kind: ItemKind;
  readonly category: string;
  readonly state: ItemState;
  /** Credit codes. Of a fitted item they name who fitted it and whose it was then; it is where its host is. */
  readonly custodian: string;
  readonly owner: string;
  readonly inspection?: 'fit' | 'unfit' | undefined;
  readonly massGrams?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
  /** Item this one came out of. */
  readonly parent?: string | undefined;
  /** Item this one was fitted into last and taken out of again. */
  readonly removedFrom?: string | undefined;
  /** Item this one is fitted into. */
  readonly fittedInto?: string | undefined;
  /** True while Oversight has not decided whose tag it is. */
  readonly contested?: boolean | undefined;
  /** Of a part. */
  readonly class?: PartClass | undefined;
  /** Of a part: its model, 型号, as its maker names it. */
  readonly model?: string | undefined;
  /** Of an assembly: it came out of a scrapped vehicle, so its ways are bounded. */
  readonly fromScrapped?: boolean | undefined;
  /** Of a core that was graded. */
  readonly grade?: CoreGrade | undefined;
  /** Of a remanufactured part: the core it was made of. */
  readonly core?: string | undefined;
  /** Of a vehicle: how many of each assembly it still yields. */
  readonly assemblies?: Assemblies | undefined;
  /** Of a vehicle: the mass that came out of it so far; of a hulk, all but what it was weighed at. */
  readonly takenGrams?: number | undefined;
  readonly totalLoss?: TotalLoss | undefined;
  /** Of a vehicle that went back on the road after a total loss; never taken away. */
  readonly rebuilt?: boolean | undefined;
  /** Number of the recycling certificate. */
  readonly certificate?: string | undefined;
  /** Of a vehicle that the police struck off the register. */
  readonly registrationCancelled?: boolean | undefined;
  /** Of a vehicle that is to be destroyed under supervision: whether the supervisor has signed. */
  readonly supervision?: 'due' | 'witnessed' | undefined;
  /** Why nothing may be done with it. */
  readonly hold?: HoldReason | undefined;
  /** Of a vehicle that is not held for itself: the one that is, and claims a tag of it. */
  readonly heldWith?: string | undefined;
  /** Of a traction battery, and of a vehicle that has some. */
  readonly battery?: BatteryFacts | undefined;
  /** Who alone may own it next, while it is carried. */
  readonly consignee?: string | undefined;
  /** What is known of an appliance. */
  readonly appliance?: ApplianceFacts | undefined;
  /** What insurance and old-for-reman know of it. */
  readonly insurance?: InsuranceFacts | undefined;
  readonly handover?: OpenHandover | undefined;
  readonly acceptances?: readonly OpenAcceptance[] | undefined;
  readonly lot?: LotFacts | undefined;
  readonly manifest?: ManifestFacts | undefined;
  /** How its last steps are taken back, and what was declared wrong. */
  readonly correction?: CorrectionFacts | undefined;
  /** Containers, evidence of custody and what an acceptance left open. */
  readonly logistics?: LogisticsFacts | undefined;
  /** Number of accepted events, and the digest that links them, base64url. */
  readonly count: number;
  readonly head: string;
}

/** `tag/{scheme}/{value}` */
export interface TagRow {
  readonly item: string;
  /** Live items that claim the same tag. */
  readonly contenders?: readonly string[];
  /** True when the bound item was dismantled or disposed of. */
  readonly retired?: boolean;
  /** Sale for which a core with this tag came back, also after the tag went to another item. */
  readonly offered?: string;
  /** True when the bound item was registered by mistake: the tag was never its own. */
  readonly voided?: boolean;
  /** The last thing that bore the tag and is no more, also after others were registered with it: whoever bears it next is told. */
  readonly former?: string;
}

/** `recorded/{keyId}/{sequence}` */
export interface BatchRow {
  readonly digest: string;
  readonly root: string;
  readonly count: number;
  readonly refused: readonly (readonly [index: number, code: string])[];
  /** Events that were accepted with something to know, such as a contested tag. */
  readonly notices?: readonly (readonly [index: number, code: string])[] | undefined;
  readonly gap?: number | undefined;
  readonly ruleset: number;
  /** Ledger time: the transaction's timestamp in seconds. */
  readonly time: number;
  readonly transaction: string;
}

/** `fork/{keyId}/{sequence}`: the other batch's header and signature. */
export interface ForkRow {
  readonly header: unknown;
  readonly signature: string;
  readonly time: number;
}

/** `rule/{name}/{province}/{version}` */
export interface RuleRow {
  readonly from: number;
  readonly table: Readonly<Record<string, number | string | readonly (number | string)[]>>;
  readonly proposedBy: string;
  readonly approvedBy?: string;
}

/** `ruleset/active` */
export interface RulesetRow {
  readonly number: number;
  readonly proposed?: { readonly number: number; readonly by: string };
}

export type Row =
  | LedgerRow
  | ParticipantRow
  | KeyRow
  | LaneRow
  | ItemRow
  | TagRow
  | BatchRow
  | LossRow
  | SaleRow
  | ForkRow
  | RuleRow
  | RulesetRow;
