import sharp from 'sharp';
import { drawLabel } from './label.js';
import { seededRandom } from '../random.js';
import { blank, sample, type Raster } from './raster.js';

/** How a label is photographed. What is left out follows from the seed. */
export interface LabelPhotoOptions {
  /** The same seed gives the same bytes. */
  readonly seed?: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Printed below the code. */
  readonly caption?: string;
  readonly errorCorrection?: 'L' | 'M' | 'Q' | 'H';
  /** Degrees, clockwise. */
  readonly rotation?: number;
  /** How far the label leans away: 0 straight above, 0.5 steep. */
  readonly tilt?: number;
  /** Share of the picture's height that the label takes. */
  readonly size?: number;
  /** Bend of the label around a vertical cylinder: 0 flat, 1 as wide as the cylinder. */
  readonly curvature?: number;
  /** Standard deviation of the blur, pixels. */
  readonly blur?: number;
  /** Standard deviation of the noise, shades of 255. */
  readonly noise?: number;
  /** How uneven the light is: 0 even, 1 black at one side. */
  readonly shadow?: number;
  /** Distance between print and paper: 1 black on white, 0 nothing to see. */
  readonly contrast?: number;
}

/**
 * A photograph of a printed label with a QR code, as a phone in a dismantling hall takes it.
 *
 * @param text the content of the QR code.
 * @returns a PNG file, 8-bit greyscale; the same bytes for the same arguments.
 */
export async function makeLabelPhoto(text: string, options: LabelPhotoOptions = {}): Promise<Buffer> {
  const random = seededRandom(options.seed ?? 1);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const shot = {
    width: options.width ?? 640,
    height: options.height ?? 480,
    rotation: options.rotation ?? between(-25, 25),
    tilt: options.tilt ?? between(0, 0.25),
    size: options.size ?? between(0.6, 0.8),
    curvature: options.curvature ?? 0,
    blur: options.blur ?? between(0.6, 1.1),
    noise: options.noise ?? between(4, 9),
    shadow: options.shadow ?? between(0.1, 0.4),
    contrast: options.contrast ?? between(0.7, 1),
  };
  const label = drawLabel({
    text,
    caption: options.caption ?? text.slice(-30),
    errorCorrection: options.errorCorrection ?? 'M',
  });
  const scene = photograph(label, shot, random);
  const blurred = await smooth(scene, shot.blur);
  addNoise(blurred, shot.noise, random);
  return sharp(blurred.pixels, { raw: { width: scene.width, height: scene.height, channels: 1 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

interface Shot {
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly tilt: number;
  readonly size: number;
  readonly curvature: number;
  readonly shadow: number;
  readonly contrast: number;
}

/** Looks up, for each pixel of the picture, the point of the label that a pinhole camera sees there. */
function photograph(label: Raster, shot: Shot, random: () => number): Raster {
  const scene = blank(shot.width, shot.height);
  const angle = (shot.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const scale = label.height / (shot.height * shot.size);
  const light = random() * 2 * Math.PI;
  for (let row = 0; row < shot.height; row++) {
    for (let column = 0; column < shot.width; column++) {
      const x = (column - shot.width / 2) / (shot.height / 2);
      const y = (row - shot.height / 2) / (shot.height / 2);
      const depth = 1 / (1 - shot.tilt * y);
      const u = (x * cos + y * sin) * depth * (shot.height / 2) * scale;
      const v = (y * cos - x * sin) * depth * (shot.height / 2) * scale;
      const shade = sample(
        label,
        label.width / 2 + bend(u, label.width, shot.curvature),
        label.height / 2 + v,
        150,
      );
      const lit = 1 - (shot.shadow * (1 + Math.cos(light) * x + Math.sin(light) * y)) / 2;
      scene.pixels[row * shot.width + column] = clamp((235 - (255 - shade) * shot.contrast) * lit);
    }
  }
  return scene;
}

/** Where on a flat label the point lies that appears at `u` when the label is bent around a cylinder. */
function bend(u: number, width: number, curvature: number): number {
  if (curvature === 0) return u;
  const radius = width / 2 / curvature;
  return Math.abs(u) >= radius ? Math.sign(u) * width : radius * Math.asin(u / radius);
}

async function smooth(scene: Raster, sigma: number): Promise<Raster> {
  if (sigma < 0.3) return scene;
  const pixels = await sharp(scene.pixels, { raw: { width: scene.width, height: scene.height, channels: 1 } })
    .blur(sigma)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { ...scene, pixels };
}

/** Normal noise by the sum of four uniform numbers (Irwin–Hall), which needs no logarithm. */
function addNoise(scene: Raster, sigma: number, random: () => number): void {
  const spread = sigma * Math.sqrt(3);
  for (let at = 0; at < scene.pixels.length; at++) {
    const deviation = random() + random() + random() + random() - 2;
    scene.pixels[at] = clamp((scene.pixels[at] ?? 0) + deviation * spread);
  }
}

function clamp(shade: number): number {
  return Math.max(0, Math.min(255, Math.round(shade)));
}
