/** What a step is about, as readers of a timeline tell steps apart. */
export const TOPICS = [
  'identity',
  'loss',
  'repair',
  'custody',
  'scrapping',
  'material',
  'core',
  'supervision',
  'other',
] as const;
export type Topic = (typeof TOPICS)[number];

/** The topic of each type of event. One that is not here is `other`, which nobody but Oversight and its signer sees. */
const topics: Readonly<Partial<Record<string, Topic>>> = {
  register: 'identity',
  reportDamage: 'loss',
  assess: 'loss',
  declareTotalLoss: 'loss',
  sellSalvage: 'loss',
  inspect: 'repair',
  markReused: 'repair',
  fit: 'repair',
  remove: 'repair',
  returnToUse: 'repair',
  handover: 'custody',
  withdraw: 'custody',
  accept: 'custody',
  refuse: 'custody',
  surrender: 'scrapping',
  receive: 'scrapping',
  issueCertificate: 'scrapping',
  depollute: 'material',
  dismantle: 'material',
  leaveHulk: 'material',
  shred: 'material',
  dispose: 'material',
  designateCore: 'core',
  grade: 'core',
  remanufacture: 'core',
  hold: 'supervision',
  release: 'supervision',
  witness: 'supervision',
};

export function topicOf(type: string): Topic {
  return topics[type] ?? 'other';
}
