/** A greyscale picture, one byte a pixel, row by row, 255 is white. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A new picture of one shade. */
export function blank(width: number, height: number, shade = 255): Raster {
  return { width, height, pixels: new Uint8Array(width * height).fill(shade) };
}

/** Fills a rectangle; what lies outside the picture is left out. */
export function fill(
  raster: Raster,
  x: number,
  y: number,
  width: number,
  height: number,
  shade: number,
): void {
  const right = Math.min(raster.width, x + width);
  for (let row = Math.max(0, y); row < Math.min(raster.height, y + height); row++) {
    raster.pixels.fill(shade, row * raster.width + Math.max(0, x), row * raster.width + right);
  }
}

/** The shade between the four nearest pixels, `outside` beyond the border. */
export function sample(raster: Raster, x: number, y: number, outside: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= raster.width || row >= raster.height
      ? outside
      : (raster.pixels[row * raster.width + column] ?? outside);
  const upper = at(left, top) + (at(left + 1, top) - at(left, top)) * (x - left);
  const lower = at(left, top + 1) + (at(left + 1, top + 1) - at(left, top + 1)) * (x - left);
  return upper + (lower - upper) * (y - top);
}
