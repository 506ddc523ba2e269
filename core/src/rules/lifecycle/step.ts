import type { ErrorCode } from '../../messages/catalogue.js';
import type { ItemEventType } from '../../model/events.js';
import type { ItemKind, ItemState, PartClass, Role } from '../../model/terms.js';

/**
 * Who may take a step: the holder of the item, the party a handover names, the holder of what it is fitted into, anybody
 * whose role allows it, or whom a manifest names as carrier or handler. `issuer`: the holder, and where a certificate stands already, who
 * issued that.
 */
export type Who =
  'custodian' | 'receiver' | 'custodianOfHost' | 'anyone' | 'namedCarrier' | 'namedHandler' | 'issuer';

/** What a step asks for beyond state, holder, role and licence. The rules of these names are in `conditions.ts`. */
export type Condition =
  | 'fitForUse'
  | 'notAnAssembly'
  | 'ownVehicleOnly'
  | 'mayBeRemanufactured'
  | 'noHeavierThanCore'
  | 'notUnfit'
  | 'notFailedGrading'
  | 'witnessed'
  | 'supervisedByTable'
  | 'massBalances'
  | 'assembliesOnRecord'
  | 'noAssembly'
  | 'drained'
  | 'lawfulBuyer'
  | 'certificateInOrder'
  | 'certified'
  | 'notCertified'
  | 'packsNamed'
  | 'packsOnRecord'
  | 'packsOut'
  | 'mayBeUsedAgain'
  | 'testPassed'
  | 'describedAsItsCategory'
  | 'identityProved'
  | 'missingProved'
  | 'makesSet'
  | 'isSet'
  | 'forReuse'
  | 'forProcessing'
  | 'dataErased'
  | 'unitTestPassed'
  | 'labelled'
  | 'nextLineStep'
  | 'lineStepsComplete'
  | 'scaleCalibrated'
  | 'mixedIntake'
  | 'massNotExceeded'
  | 'sameMaterial'
  | 'piecesAddUp'
  | 'hazardousByHandler'
  | 'handlerLicensed'
  | 'notOnTheRoad'
  | 'sentBack'
  | 'carrierSigned'
  | 'openLoss'
  | 'identified'
  | 'wasteIsALot'
  | 'countStands'
  | 'forHouseholdRefurbished'
  | 'ownLoss'
  | 'ownedToSellAgain'
  | 'claimedOnce'
  | 'paidOnce'
  | 'graded'
  | 'labelOrModel'
  | 'codedForReman';

/** What the tables say of one kind of item. */
export interface Life {
  readonly steps: readonly Step[];
  /** States in which it can change hands. */
  readonly movable: readonly ItemState[];
  /** Those of them in which it may be handed over on paper, and what a refusal says in the others; in all where nothing is said. */
  readonly onPaper?: { readonly states: readonly ItemState[]; readonly otherwise: ErrorCode };
  /** States after which it is no more. */
  readonly ends: readonly ItemState[];
}

/** One row of a life cycle table. */
export interface Step {
  readonly event: ItemEventType;
  readonly kinds: readonly ItemKind[];
  /** Of parts: the classes that may take the step; undefined for all. */
  readonly classes?: readonly PartClass[];
  /** States in which the step may be taken; none for the step that brings the item into the ledger. */
  readonly from: readonly ItemState[];
  /** What a refusal says in a state in which the step cannot be taken, where there is more to say than that. */
  readonly outOfTurn?: Partial<Readonly<Record<ItemState, ErrorCode>>>;
  /** State in which what the step makes of the item enters the ledger, where it is not `registered`. */
  readonly brings?: ItemState;
  /** State after the step; undefined when the state stays. */
  readonly to?: ItemState;
  /** States in which the step may be taken too, and which it leaves as they are. */
  readonly keeps?: readonly ItemState[];
  /** Class after the step; undefined when it stays. */
  readonly toClass?: PartClass;
  readonly who: Who;
  /** Roles that may; undefined for all. */
  readonly roles?: readonly Role[];
  /** True when a valid licence for one of the roles is needed. */
  readonly licence?: true;
  /** What must be given with the event. */
  readonly given: readonly string[];
  /** What may be given. */
  readonly optional?: readonly string[];
  readonly conditions?: readonly Condition[];
  /** True when the step may be taken while the item is held. */
  readonly whileHeld?: true;
  /** True when the step may be taken of an item that is no more: something is reported about it. */
  readonly afterEnd?: true;
}
