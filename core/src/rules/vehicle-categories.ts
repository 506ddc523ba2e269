/**
 * Coarse categories of vehicles as lists of the trade have them (GA 802, merged), and the finer ones for which each is said, too: a school bus
 * is a bus.
 */
const COARSE: ReadonlyMap<string, readonly string[]> = new Map([
  ['passengerCar', ['car', 'sedan', 'electricCar', 'plugInHybridCar', 'fuelCellCar']],
  ['bus', ['schoolBus', 'electricBus', 'plugInHybridBus', 'fuelCellBus']],
  ['truck', ['electricTruck', 'plugInHybridTruck', 'fuelCellTruck']],
]);

/** Whether what a vehicle is seen to be contradicts what it was registered as; the coarse category of a finer one does not. */
export function isOtherCategory(registered: string, seen: string): boolean {
  return seen !== registered && COARSE.get(seen)?.includes(registered) !== true;
}
