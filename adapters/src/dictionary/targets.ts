import type { CorrectionMapping, EventMapping, MessageType, Source } from '../messages/message-type.js';

/** Where each member of a message goes on the ledger, such as `reportDamage.loss`, read from the table of its events. */
export function targetsOf({ events }: MessageType): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  const add = (field: string, target: string): void => {
    const known = targets.get(field) ?? [];
    if (!known.includes(target)) targets.set(field, [...known, target]);
  };
  for (const event of events) addEvent(event, add);
  return targets;
}

type Add = (field: string, target: string) => void;

function addEvent(event: EventMapping | CorrectionMapping, add: Add): void {
  const { type, data } = event;
  if ('corrects' in event) add(event.corrects, `${type}.event`);
  else addItem(event, add);
  for (const [name, source] of Object.entries(data)) addSource(source, '', `${type}.${name}`, add);
}

function addItem({ type, item, registers, creates }: EventMapping, add: Add): void {
  for (const { scheme, field } of item)
    add(field, registers || creates ? `${type}.tags (${scheme})` : `${type}.item (${scheme})`);
}

/** Members that a commitment is made of. */
const COMMITTED = {
  amount: ['amountFen', 'salt'],
  price: ['priceFen', 'corePriceFen', 'depositFen', 'salt'],
};

function addSource(source: Source, at: string, target: string, add: Add): void {
  if ('field' in source) add(at + source.field, target);
  else if ('day' in source) add(at + source.day, target);
  else if ('when' in source) {
    add(at + source.when, target);
    addSource(source.then, at, target, add);
  } else if ('item' in source)
    for (const { scheme, field } of source.item) add(at + field, `${target} (${scheme})`);
  else if ('object' in source) addMembers(source.object, at, target, add);
  else if ('array' in source) for (const each of source.array) addSource(each, at, target, add);
  else if ('list' in source) {
    add(source.list, target);
    addSource(source.each, `${source.list}[].`, `${target}[]`, add);
  } else if ('groups' in source) {
    add(source.groups, target);
    add(`${source.groups}[].${source.by}`, `${target}[].${source.as}`);
    addSource(source.each, `${source.groups}[].`, `${target}[].${source.into}[]`, add);
  } else if ('made' in source) {
    addMembers(source.made, at, target, add);
    for (const { scheme, field } of source.tags ?? []) add(at + field, `${target}.tags (${scheme})`);
  } else if ('commitment' in source)
    for (const field of COMMITTED[source.commitment]) add(at + field, target);
  else if ('tag' in source) add(at + source.tag.field, `${target} (${source.tag.scheme})`);
}

function addMembers(sources: Readonly<Record<string, Source>>, at: string, target: string, add: Add): void {
  for (const [name, source] of Object.entries(sources)) addSource(source, at, `${target}.${name}`, add);
}
