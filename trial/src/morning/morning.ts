import { audit, countUp, illegalStep } from './audit.js';
import { dismantleAppliances, dismantleCar } from './dismantling.js';
import { handOn, smelt } from './handovers.js';
import { readPhotographs, takeInAppliances, takeInCar } from './intake.js';
import type { Morning } from './scene.js';

/** Plays one morning, from photographs at two plants to the auditor's verification. */
export async function playMorning(morning: Morning): Promise<void> {
  const pictures = await readPhotographs(morning);
  const car = await takeInCar(morning, pictures.slice(0, 1));
  const appliances = await takeInAppliances(morning, pictures.slice(1));
  const parts = await dismantleCar(morning, car);
  const lots = await dismantleAppliances(morning, appliances);
  await illegalStep(morning, parts.engine);
  await handOn(morning, parts);
  await smelt(morning, [...lots, parts.steel]);
  await audit(morning, parts.door, car);
  await countUp(morning);
}
