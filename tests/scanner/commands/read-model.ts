import { describe, expect, it } from 'vitest';
import { as, dead } from './stand.js';

/** What a verification does without the read model. */
export function readModel(): void {
  describe('the read model in a verification', () => {
    it('is left out for a key that may not read it, and the command says so', async () => {
      for (const [language, words] of [
        ['en', "The gateway's read model is not compared: HL-4021"],
        ['zh-CN', '未核对网关的读模型：HL-4021'],
      ] as const) {
        const ran = await as('shop', 'verify', '--json', '--lang', language);
        expect(ran, ran.stderr).toMatchObject({ exit: 0, stderr: expect.stringContaining(words) });
        expect(ran.lines[0]).toMatchObject({ ok: true, stateRows: expect.any(Number) });
        expect(ran.lines[0]).not.toHaveProperty('readModelRows');
      }
    });

    it('is left out when no gateway answers, or when that is wished', async () => {
      const away = await as('oversight', 'verify', '--json', '--gateway', dead);
      expect(away).toMatchObject({ exit: 0, stderr: expect.stringContaining('HL-7015') });
      const ran = await as('oversight', 'verify', '--json', '--no-read-model');
      expect(ran).toMatchObject({ exit: 0, stderr: 'comparing the world state\n' });
      for (const { lines } of [away, ran]) expect(lines[0]).not.toHaveProperty('readModelRows');
    });

    it('is missed when it is required', async () => {
      const { exit, stderr } = await as('shop', 'verify', '--read-model');
      expect({ exit, stderr }).toMatchObject({ stderr: expect.stringContaining('HL-4021') });
      expect(exit).not.toBe(0);
      expect((await as('oversight', 'verify', '--read-model', '--gateway', dead)).stderr).toContain(
        'HL-7015',
      );
    });
  });
}
