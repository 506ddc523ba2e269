import type { MessageType } from './message-type.js';
import type { System } from './system.js';
import { applianceMessages } from './systems/appliance.js';
import { batteryMessages } from './systems/battery.js';
import { containerMessages } from './systems/container.js';
import { correctionMessages } from './systems/correction.js';
import { insuranceMessages } from './systems/insurance.js';
import { lotMessages } from './systems/lot.js';
import { manifestMessages } from './systems/manifest.js';
import { oldForRemanMessages } from './systems/old-for-reman.js';
import { paperMessages } from './systems/paper.js';
import { repairMessages } from './systems/repair.js';
import { scrappedVehicleMessages } from './systems/scrapped-vehicle.js';
import { sharedMessages } from './systems/shared.js';

/** Every message that is known. */
export const messageTypes: readonly MessageType[] = [
  ...sharedMessages,
  ...containerMessages,
  ...paperMessages,
  ...insuranceMessages,
  ...repairMessages,
  ...oldForRemanMessages,
  ...scrappedVehicleMessages,
  ...batteryMessages,
  ...applianceMessages,
  ...lotMessages,
  ...manifestMessages,
  ...correctionMessages,
];

const byName: ReadonlyMap<string, MessageType> = new Map(messageTypes.map((type) => [type.name, type]));

/** The message of a name, or undefined when there is none. */
export function messageType(name: string): MessageType | undefined {
  return byName.get(name);
}

/** What a system sends. */
export function messagesOf(system: System): readonly MessageType[] {
  return messageTypes.filter(({ systems }) => systems.includes(system));
}
