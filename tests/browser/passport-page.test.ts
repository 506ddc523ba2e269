import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemIdOf } from '@huilian/core';
import {
  administrative,
  codes,
  itemEvent,
  newNonce,
  now,
  registration,
  takenIn,
  startWorld,
  type Client,
  type World,
} from '../gateway/world.js';

const phone = { width: 390, height: 844 };
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where a browser is, if there is one; without it these tests are skipped and shown as such. */
const executablePath = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => existsSync(path),
);

let world: World;
let gateway: Client;
let profile: string;
let browser: BrowserContext;
let car: string;
let engine: string;

beforeAll(async () => {
  if (executablePath === undefined) return;
  world = await startWorld();
  gateway = await world.gateway();
  ({ car, engine } = await morning());
  profile = mkdtempSync(join(tmpdir(), 'huilian-browser-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    viewport: phone,
    locale: 'zh-CN',
  });
});
afterAll(async () => {
  if (executablePath === undefined) return;
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
  await world.stop();
});

/** A car is taken in and taken apart; its engine goes to the shop. */
async function morning(): Promise<{ car: string; engine: string }> {
  const licence = {
    number: 'L-1',
    kind: 'dismantler',
    categories: [],
    annualCapacity: 10_000,
    validFrom: 0,
    validTo: now() + 86_400,
    authority: 'test',
  };
  const table = { name: 'massTolerance', province: 'CN', version: 1 };
  await gateway.record(world.recyclingOffice, [
    administrative('licence.grant', { creditCode: codes.plant, licence }),
  ]);
  await gateway.record(world.oversightOffice, [
    administrative('licence.countersign', { creditCode: codes.plant, number: 'L-1' }),
    administrative('rule.propose', { ...table, from: 0, table: { permille: 50 } }),
  ]);
  await gateway.record(world.secondOversightOffice, [administrative('rule.approve', table)]);
  const tags = [
    { scheme: 'vin', value: 'LSVAA4182E2184847' },
    { scheme: 'gs1', value: '8004/4000001111' },
  ];
  const { item, event } = registration(world.plant, { tags });
  const nonces = [newNonce(), newNonce()];
  const [part = '', steel = ''] = nonces.map((nonce) => itemIdOf(world.plant.keyId, nonce));
  const outputs = [
    { item: part, nonce: nonces[0], kind: 'part', category: 'door', massGrams: 150_500 },
    { item: steel, nonce: nonces[1], kind: 'lot', category: 'steel', massGrams: 1_040_000 },
  ];
  await gateway.record(world.plant, [
    event,
    ...takenIn(world.plant, item),
    itemEvent(item, 'dismantle', { outputs }),
    itemEvent(part, 'inspect', { result: 'fit' }),
    itemEvent(part, 'handover', { to: codes.shop }),
  ]);
  await gateway.record(world.shop, [itemEvent(part, 'accept', { from: codes.plant })]);
  return { car: item, engine: part };
}

/**
 * Opens a page and gathers what the browser complains of, and what it fetches.
 *
 * @param fresh true to see nothing that the browser has kept: a passport may be shown for ten seconds after it was fetched
 */
async function open(
  path: string,
  fresh = false,
): Promise<{ page: Page; complaints: string[]; fetched: string[] }> {
  const page = await browser.newPage();
  // Routing switches the browser's cache off.
  if (fresh) await page.route('**', (route) => route.continue());
  const complaints: string[] = [];
  const fetched: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => fetched.push(new URL(request.url()).origin));
  await page.goto(`${gateway.address}${path}`);
  return { page, complaints, fetched };
}

async function text(page: Page, place: string): Promise<string> {
  return ((await page.textContent(place)) ?? '').trim();
}

describe.skipIf(executablePath === undefined)('the passport on the phone that scanned the tag', () => {
  it('is one page in Chinese that fits, with nothing from elsewhere', async () => {
    const { page, complaints, fetched } = await open(`/p/${engine}`);
    expect(await text(page, 'h1')).toBe('车门 · 零部件');
    expect(await text(page, '#state')).toBe('已检验');
    expect(await text(page, '#item')).toBe(engine);
    expect(await page.locator('.steps li').count()).toBe(3);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.querySelector("section")).borderRadius')).toBe(
      '14px',
    );
    expect(new Set(fetched)).toEqual(new Set([gateway.address]));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('leads to what the item came out of, and to English', async () => {
    const { page, complaints } = await open(`/p/${engine}`);
    await page.click('.lang');
    expect(await text(page, 'h1')).toBe('Door · Part');
    await page.click('.kin a');
    expect(new URL(page.url()).pathname).toBe(`/p/${car}`);
    expect(await text(page, '#state')).toBe('Dismantled');
    expect((await page.locator('.kin li').allTextContents()).length, 'waste oil, the door, steel').toBe(3);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is where a GS1 Digital Link leads', async () => {
    const { page } = await open('/8004/4000001111');
    expect(new URL(page.url()).pathname).toBe(`/p/${car}`);
    await page.close();
  });

  it('never shows who, by what number, or where', async () => {
    for (const item of [car, engine]) {
      const { page } = await open(`/p/${item}`);
      const text = await page.content();
      for (const secret of [
        codes.plant,
        codes.shop,
        world.plant.keyId,
        world.shop.keyId,
        'LSVAA4182E2184847',
        '4000001111',
      ]) {
        expect(text).not.toContain(secret);
      }
      await page.close();
    }
  });

  it('runs no script, even one that is slipped in', async () => {
    const { page } = await open(`/p/${engine}`);
    const ran = await page.evaluate(`new Promise((resolve) => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      setTimeout(() => resolve(window.ran === true), 50);
    })`);
    expect(ran).toBe(false);
    await page.close();
  });
});

describe.skipIf(executablePath === undefined)('the other pages', () => {
  it('an item that nobody knows is said in words, with the code', async () => {
    const unknown = registration(world.plant).item;
    const { page } = await open(`/p/${unknown}`);
    expect(await text(page, 'h1')).toBe('账本上没有该物品。');
    expect(await page.textContent('body')).toContain('HL-2001');
    await page.click('.lang');
    expect(new URL(page.url()).pathname).toBe(`/p/${unknown}`);
    expect(await page.textContent('body')).toContain('To the front page');
    await page.close();
    expect((await gateway.get(`/p/${unknown}`)).body.code).toBe('HL-2001');
  });

  it('the front page says what runs and leads on', async () => {
    const { page, complaints } = await open('/');
    expect(await text(page, '#ready')).toBe('就绪');
    await page.click('a[href="/v1/lifecycles"]');
    expect(await page.textContent('body')).toContain('register');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    ['its id', () => car],
    ['its GS1 tag', () => 'https://id.gs1.org/8004/4000001111'],
  ])('an item is found on the front page by %s', async (_what, typed) => {
    const { page, complaints } = await open('/?lang=en');
    await page.fill('#find', typed());
    await page.click('button');
    await page.waitForSelector('#item');
    expect(await text(page, '#item')).toBe(car);
    expect(await text(page, '#state')).toBe('Dismantled');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('a tag that is not public is not looked up', async () => {
    const { page } = await open('/p?find=VIN:LSVAA4182E2184847');
    expect(await page.textContent('body')).toContain('HL-4023');
    await page.close();
  });

  it('the interface can be read', async () => {
    const { page, complaints, fetched } = await open('/docs');
    await page.waitForSelector('.opblock');
    expect(await page.locator('.opblock').count()).toBeGreaterThan(20);
    expect(await page.locator('#operations-Public-getPassport .authorization__btn').count()).toBe(0);
    expect(await page.locator('#operations-Items-listItems .authorization__btn').count()).toBe(1);
    expect(new Set(fetched)).toEqual(new Set([gateway.address]));
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe.skipIf(executablePath === undefined)('the passport of what is held', () => {
  it('says that a held car stands still, and of its door too, and neither why nor who held it', async () => {
    await gateway.record(world.shop, [itemEvent(car, 'hold', { reason: 'suspectedStolen' })]);
    const isHeld = async () => (await gateway.get(`/p/${car}?format=json`)).body;
    await expect.poll(isHeld, { timeout: 10_000 }).toMatchObject({ held: true });
    for (const item of [car, engine]) {
      const { page, complaints } = await open(`/p/${item}`, true);
      expect(await text(page, '#held')).toBe('锁定中');
      expect(await text(page, '.lead')).toContain('不得买卖、移交、拆解或装用');
      const shown = (await page.textContent('body')) ?? '';
      expect(shown).not.toMatch(/被盗|suspectedStolen/);
      expect(complaints).toEqual([]);
      await page.goto(`${gateway.address}/p/${item}?lang=en`);
      expect(await text(page, '#held')).toBe('On hold');
      await page.close();
      const { body, text: json } = await gateway.get(`/p/${item}?format=json`);
      expect(body).toMatchObject({ held: true });
      expect(json).not.toContain('suspectedStolen');
      expect(JSON.stringify(body)).not.toContain('"hold"');
    }
  });
});
