import type { Life, Step } from './step.js';

const kinds = ['manifest'] as const;

const steps: readonly Step[] = [
  {
    event: 'openManifest',
    kinds,
    from: [],
    to: 'opened',
    who: 'anyone',
    given: ['number', 'carrier', 'handler', 'lots'],
    optional: ['evidence'],
    conditions: ['handlerLicensed'],
  },
  {
    event: 'carryManifest',
    kinds,
    // The handler's signature may arrive before the carrier's.
    from: ['opened', 'accepted', 'turnedBack'],
    who: 'namedCarrier',
    given: ['lots'],
  },
  {
    event: 'acceptManifest',
    kinds,
    from: ['opened'],
    to: 'accepted',
    who: 'namedHandler',
    given: ['lots'],
    optional: ['refused', 'evidence'],
    conditions: ['handlerLicensed'],
  },
  {
    event: 'takeBackLots',
    kinds,
    from: ['accepted', 'returned'],
    who: 'custodian',
    given: ['lots'],
    optional: ['evidence'],
    conditions: ['sentBack'],
    // What goes back arrives when it arrives; the handler's copy may be returned before.
    afterEnd: true,
  },
  {
    event: 'refuseManifest',
    kinds,
    from: ['opened'],
    to: 'turnedBack',
    who: 'namedHandler',
    given: ['lots', 'reason'],
    optional: ['evidence'],
  },
  {
    event: 'cancelManifest',
    kinds,
    from: ['opened', 'turnedBack'],
    to: 'cancelled',
    who: 'custodian',
    given: ['lots'],
    conditions: ['notOnTheRoad'],
  },
  {
    event: 'returnManifest',
    kinds,
    from: ['accepted'],
    to: 'returned',
    who: 'namedHandler',
    given: ['evidence'],
    conditions: ['carrierSigned'],
  },
];

/** The life of a hazardous-waste manifest. It counts as open until it is returned signed. */
export const manifestLife: Life = {
  steps,
  movable: [],
  ends: ['returned', 'cancelled'],
};
