import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync, crc32 } from 'node:zlib';
import { readPhoto } from '@huilian/scanner-cli';
import { toBuffer } from 'qrcode';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { makeLabelPhoto } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'huilian-photos-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const address = 'https://huilian.example/p/hl1qzq7m2vy5w8h3kdaxsz0ru4tp9c';

describe('a photographed label', () => {
  it('is the same bytes for the same seed and other bytes for another', async () => {
    const [first, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => makeLabelPhoto(address, { seed })),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is read to its exact text, as a phone takes it (%i)', async (seed) => {
    const path = file(`label-${seed}.png`, await makeLabelPhoto(`${address}?${seed}`, { seed }));
    expect(await readPhoto(path)).toEqual([{ symbology: 'QRCode', text: `${address}?${seed}` }]);
  });

  it('is read when steep, bent, blurred and badly lit', async () => {
    const hard = { seed: 2, tilt: 0.35, curvature: 0.5, blur: 1.8, noise: 12, shadow: 0.6, rotation: 200 };
    const path = file('hard.png', await makeLabelPhoto(address, hard));
    expect(await readPhoto(path)).toEqual([{ symbology: 'QRCode', text: address }]);
  });

  it('keeps blanks, line ends and Chinese characters as they are', async () => {
    const text = ' 回收\r\nVIN: LSVAM4186C2123456 \n';
    expect(await readPhoto(file('text.png', await makeLabelPhoto(text, { seed: 3 })))).toEqual([
      { symbology: 'QRCode', text },
    ]);
  });

  it('gives bytes that are no text as one character each and as base64', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x80, 0xfe, 0x01, 0x9d]);
    const png = await toBuffer([{ data: bytes, mode: 'byte' }], { scale: 6 });
    expect(await readPhoto(file('bytes.png', png))).toEqual([
      { symbology: 'QRCode', text: bytes.toString('latin1'), bytes: bytes.toString('base64') },
    ]);
  });

  it('shows every code of a photograph with several', async () => {
    const [left, right] = await Promise.all([
      toBuffer('serial:A-1', { scale: 6 }),
      toBuffer('serial:B-2', { scale: 6 }),
    ]);
    const both = await sharp({ create: { width: 900, height: 400, channels: 3, background: 'white' } })
      .composite([
        { input: left, left: 50, top: 80 },
        { input: right, left: 550, top: 80 },
      ])
      .jpeg()
      .toBuffer();
    const texts = (await readPhoto(file('two.jpg', both))).map(({ text }) => text);
    expect(texts.sort()).toEqual(['serial:A-1', 'serial:B-2']);
  });

  it('is read from WebP, from a transparent PNG and when white on black', async () => {
    const png = await toBuffer(address, { scale: 6 });
    const clear = await toBuffer(address, { scale: 6, color: { light: '#00000000' } });
    const forms = [
      file('a.webp', await sharp(png).webp().toBuffer()),
      file('clear.png', clear),
      file('negative.png', await sharp(png).negate({ alpha: false }).png().toBuffer()),
    ];
    for (const form of forms) expect((await readPhoto(form))[0]?.text).toBe(address);
  });
});

describe('a file without a readable code', () => {
  it.each([
    [
      'HL-7001',
      'a photograph without a code',
      'plain.png',
      () =>
        sharp({ create: { width: 320, height: 240, channels: 3, background: '#7a8' } })
          .png()
          .toBuffer(),
    ],
    [
      'HL-7001',
      'pure noise',
      'noise.png',
      () => makeLabelPhoto(address, { seed: 5, contrast: 0, noise: 60, width: 320, height: 240 }),
    ],
    ['HL-7003', 'a text', 'text.txt', () => Promise.resolve(Buffer.from('no picture'))],
    ['HL-7003', 'an empty file', 'empty.png', () => Promise.resolve(Buffer.alloc(0))],
    [
      'HL-7003',
      'a drawing',
      'drawing.svg',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    ],
    [
      'HL-7004',
      'a picture cut short',
      'cut.png',
      async () => (await makeLabelPhoto(address)).subarray(0, 20_000),
    ],
    ['HL-7004', 'a header alone', 'header.png', () => Promise.resolve(bomb(640, 480).subarray(0, 20))],
    [
      'HL-7005',
      'a picture that would unpack to 4 000 million pixels',
      'bomb.png',
      () => Promise.resolve(bomb(65_000, 65_000)),
    ],
  ])('gets %s: %s', async (code, _what, name, make) => {
    await expect(readPhoto(file(name, await make()))).rejects.toMatchObject({ code });
  });

  it('gets HL-7002 when it is not there or a folder', async () => {
    await expect(readPhoto(join(folder, 'nothing.png'))).rejects.toMatchObject({ code: 'HL-7002' });
    await expect(readPhoto(folder)).rejects.toMatchObject({ code: 'HL-7002' });
  });

  it('is given up within memory bounds when a few kilobytes claim just under 100 million pixels', async () => {
    const before = process.memoryUsage().rss;
    await expect(readPhoto(file('large.png', bomb(9_990, 9_990)))).rejects.toMatchObject({ code: 'HL-7001' });
    expect(process.memoryUsage().rss - before).toBeLessThan(1_500_000_000);
  }, 60_000);
});

/** A white PNG of one bit a pixel: a few kilobytes whatever it unpacks to. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Math.min(height, 10_000) * (1 + Math.ceil(width / 8));
  const pixels = deflateSync(
    Buffer.alloc(rows, 0xff).map((byte, at) => (at % (1 + Math.ceil(width / 8)) === 0 ? 0 : byte)),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const photos = fileURLToPath(new URL('../../../../shared/data/qr-photos', import.meta.url));
/** The text beside this photograph lacks one letter that its code holds ("photograph" for "photography"). */
const MISPRINTED = 'qrcode-2/13';

describe.skipIf(!existsSync(photos))('the public test photographs of QR codes', () => {
  const names = existsSync(photos)
    ? ['qrcode-1', 'qrcode-2'].flatMap((set) =>
        readdirSync(join(photos, set))
          .filter((name) => name.endsWith('.png'))
          .map((name) => `${set}/${name.slice(0, -4)}`),
      )
    : [];

  it.each(names)('%s is read to the text beside it', async (name) => {
    const path = join(photos, `${name}.png`);
    const told = readFileSync(join(photos, `${name}.txt`), 'utf8');
    const expected = name === MISPRINTED ? told.replace('photograph ', 'photography ') : told;
    expect((await readPhoto(path)).map(({ text }) => text)).toContain(expected);
  });
});
