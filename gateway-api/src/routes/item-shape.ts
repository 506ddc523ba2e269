import {
  APPLIANCE_TYPES,
  ASSEMBLIES,
  CORE_GRADES,
  EVIDENCE_GRADES,
  EXCEPTION_REASONS,
  HOLD_REASONS,
  IDENTITY_STRENGTHS,
  INCOMPLETE_REASONS,
  PART_CLASSES,
  ROUTES,
  REFUSAL_REASONS,
  TAG_SCHEMES,
  TEST_RESULTS,
  TOTAL_LOSSES,
  UNIT_TEST_RESULTS,
} from '@huilian/core';
import { z } from 'zod';
import { terms } from './schemas.js';

const tag = z.object({ scheme: z.enum(TAG_SCHEMES), value: z.string() }).meta({ id: 'Tag' });

/** What is known of an appliance, as the interface shows it. */
const applianceShape = z
  .object({
    type: z.enum(APPLIANCE_TYPES).optional(),
    identity: z
      .enum(IDENTITY_STRENGTHS)
      .optional()
      .meta({ description: 'What tells the unit: the maker’s serial, or the plant’s label alone.' }),
    receivedBy: z.string().optional().meta({ description: 'Who weighed it in last.' }),
    labelled: z.boolean().optional().meta({ description: 'It bears a label of whoever weighed it in.' }),
    labelledBy: z
      .string()
      .optional()
      .meta({ description: 'Who put the last label on it. At the line it has to be the plant itself.' }),
    screenTenthInches: z.int().optional(),
    capacityGrams: z
      .int()
      .optional()
      .meta({ description: 'Dry laundry that a washing machine is made for.' }),
    volumeLitres: z.int().optional(),
    coolingWatts: z.int().optional(),
    missing: z.array(z.string()).optional().meta({ description: 'Parts that were not there at intake.' }),
    incomplete: z.boolean().optional().meta({ description: 'A required part was not there.' }),
    partner: z.string().optional().meta({ description: 'The other unit of its set.' }),
    morePartners: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of the outdoor unit of several indoor ones: the others of them.' }),
    route: z.enum(ROUTES).optional().meta({ description: 'Used again or processed, never both.' }),
    dataErased: z.boolean().optional(),
    test: z.enum(UNIT_TEST_RESULTS).optional(),
    line: z.string().optional(),
    stepsVersion: z.int().optional().meta({ description: 'Version of the table of steps of the line.' }),
    stepsDone: z.int().optional(),
  })
  .meta({ id: 'Appliance' });

const lotShape = z
  .object({
    pieces: z.int().optional(),
    bookGrams: z.int().optional().meta({ description: 'What it ought to weigh, if it was weighed since.' }),
    wasteCode: z.string().optional().meta({ description: 'Code of the national list of hazardous wastes.' }),
    manifest: z.string().optional().meta({ description: 'Manifest under which it travels.' }),
    differenceGrams: z.int().optional().meta({ description: 'What arrived less what was sent.' }),
    joined: z.string().optional().meta({ description: 'Lot with which it went into a step.' }),
  })
  .meta({ id: 'LotFacts' });

const manifestShape = z
  .object({
    carrier: z.string(),
    handler: z.string(),
    lots: z.array(z.string()),
    carried: z.boolean().optional().meta({ description: 'The carrier has signed.' }),
    acceptedGrams: z.int().optional().meta({ description: 'What the handler weighed.' }),
    refusal: z.enum(REFUSAL_REASONS).optional(),
    sentBack: z
      .array(z.string())
      .optional()
      .meta({ description: 'Lots that the handler sent back and the sender has not taken back yet.' }),
  })
  .meta({ id: 'ManifestFacts' });

const logistics = z
  .object({
    evidence: z.enum(EVIDENCE_GRADES).optional().meta({ description: 'Of the last change of hands.' }),
    container: z.string().optional().meta({ description: 'Container that it lies in.' }),
    joined: z.int().optional(),
    goods: z
      .object({
        count: z.int().meta({ description: 'Things that lie in the container directly.' }),
        levels: z.int().optional().meta({ description: 'Levels of containers within it.' }),
        owner: z.string().optional().meta({ description: 'Absent when they are of several.' }),
        mixed: z.boolean().optional().meta({ description: 'True when they go to several consignees.' }),
        bounds: z.array(z.string()).optional(),
        bounded: z.int().optional().meta({ description: 'Things in it that brought a bound or an origin.' }),
        origins: z.array(z.string()).optional(),
        moves: z.int().meta({ description: 'Changes of hands since it was empty.' }),
      })
      .optional(),
    differences: z
      .array(
        z.object({
          from: z.string(),
          to: z.string().meta({ description: 'Who accepted.' }),
          handedOverGrams: z.int().optional(),
          acceptedGrams: z.int().optional(),
          handedOverCount: z.int().optional(),
          acceptedCount: z.int().optional(),
        }),
      )
      .optional()
      .meta({ description: 'Each stands until one of its two sides yields; oldest first.' }),
    exception: z
      .object({ by: z.string(), container: z.string(), reason: z.enum(EXCEPTION_REASONS) })
      .optional()
      .meta({ description: 'Why it stayed with its giver when its container was accepted.' }),
    paperBy: z.string().optional().meta({ description: 'Who recorded the slip of a holder off the ledger.' }),
  })
  .meta({ id: 'Logistics' });

/** An item as it stands, as the interface shows it. */
export const itemShape = z
  .object({
    item: z.string(),
    kind: terms.kind,
    category: z.string(),
    state: terms.state,
    custodian: z.string().meta({ description: 'Credit code of who holds it.' }),
    owner: z.string(),
    inspection: z.enum(['fit', 'unfit']).optional(),
    massGrams: z.int().optional(),
    tags: z.array(tag).optional(),
    parent: z.string().optional().meta({ description: 'Item it came out of.' }),
    removedFrom: z.string().optional().meta({ description: 'Item it was fitted into last.' }),
    fittedInto: z.string().optional(),
    class: z.enum(PART_CLASSES).optional().meta({ description: 'Class of a part.' }),
    model: z.string().optional().meta({ description: 'Model of a part, as its maker names it.' }),
    fromScrapped: z.boolean().optional().meta({ description: 'An assembly of a scrapped vehicle.' }),
    grade: z.enum(CORE_GRADES).optional().meta({ description: 'Grade of a core.' }),
    core: z.string().optional().meta({ description: 'The core that a remanufactured part was made of.' }),
    assemblies: z
      .partialRecord(z.enum(ASSEMBLIES), z.int())
      .optional()
      .meta({ description: 'How many of each assembly a vehicle still yields; one where nothing is said.' }),
    takenGrams: z.int().optional().meta({ description: 'Mass that came out of a vehicle so far.' }),
    totalLoss: z.enum(TOTAL_LOSSES).optional(),
    rebuilt: z.boolean().optional().meta({ description: 'Back on the road after a total loss.' }),
    certificate: z.string().optional().meta({ description: 'Number of the recycling certificate.' }),
    registrationCancelled: z
      .boolean()
      .optional()
      .meta({ description: 'The police struck the vehicle off the register.' }),
    supervision: z.enum(['due', 'witnessed']).optional(),
    hold: z.enum(HOLD_REASONS).optional().meta({ description: 'Why nothing may be done with it.' }),
    heldWith: z
      .string()
      .optional()
      .meta({ description: 'The vehicle that is held for itself, and claims a tag of this one.' }),
    battery: z
      .object({
        capacityPermille: z
          .int()
          .optional()
          .meta({ description: 'Residual capacity in thousandths of the nominal one.' }),
        result: z.enum(TEST_RESULTS).optional().meta({ description: 'What its test came to.' }),
        packs: z
          .array(z.string())
          .optional()
          .meta({ description: 'Codes of the packs that are still in a vehicle that was taken in.' }),
        incomplete: z
          .enum(INCOMPLETE_REASONS)
          .optional()
          .meta({ description: 'Why a vehicle was taken in without a pack.' }),
      })
      .optional()
      .meta({ description: 'Of a traction battery, and of a vehicle that has some.' }),
    consignee: z.string().optional().meta({ description: 'Who alone may own it next.' }),
    appliance: applianceShape.optional(),
    lot: lotShape.optional(),
    manifest: manifestShape.optional(),
    insurance: z
      .object({
        loss: z.string().optional().meta({ description: 'Open loss of a damaged vehicle.' }),
        changes: z
          .array(z.object({ part: z.string(), since: z.int() }))
          .optional()
          .meta({ description: 'Engines and frames whose change of registration is due.' }),
        repair: z
          .object({ vehicle: z.string(), loss: z.string(), line: z.int() })
          .optional()
          .meta({ description: 'Approved line under which a part is fitted.' }),
        sale: z.string().optional().meta({ description: 'Sale of a remanufactured part for an old one.' }),
        offer: z.string().optional().meta({ description: 'Sale for which a core came back.' }),
        missing: z.array(z.string()).optional().meta({ description: 'What a graded core lacks.' }),
        unregistered: z.boolean().optional(),
      })
      .optional()
      .meta({ description: 'What insurance and old-for-reman know of it.' }),
    contested: z.boolean().optional(),
    handover: z
      .looseObject({ to: z.string() })
      .optional()
      .meta({ description: 'Open handover that nobody accepted yet.' }),
    acceptances: z.array(z.looseObject({ by: z.string(), from: z.string() })).optional(),
    correction: z.looseObject({}).optional().meta({
      description:
        'How its last steps are taken back, which correction waits for a signature, and what was declared wrong; events stand as checks of their ids.',
    }),
    questions: z
      .array(z.object({ what: z.string(), item: z.string() }))
      .optional()
      .meta({ description: 'What is to be asked because of a correction, of one item alone.' }),
    logistics: logistics.optional(),
    heldBy: z.string().optional().meta({
      description: 'Of what is packed or fitted: who holds what it is in.',
    }),
    count: z.int().meta({ description: 'Accepted events.' }),
    head: z.string().meta({ description: 'Digest that links them.' }),
    parties: z
      .array(z.string())
      .meta({ description: 'Credit codes of those who held, owned or touched it.' }),
  })
  .meta({ id: 'Item' });
