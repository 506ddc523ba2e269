import {
  dayOf,
  isoDay,
  parseTag,
  rowKey,
  HuilianError,
  type Language,
  type Role,
  type Scanned,
} from '@huilian/core';
import { z } from 'zod';
import { HttpError } from '../http/problem.js';
import { route, type Reply } from '../http/route.js';
import { landingPage } from '../passport/landing.js';
import { passportPage } from '../passport/page.js';
import {
  passportSchema,
  stepsOfEvents,
  type Passport,
  type PublicStep,
  type Relative,
} from '../passport/passport.js';
import { pagePolicy } from '../passport/style.js';
import type { EventRecord, ItemRecord } from '../ports.js';
import type { Services } from '../services.js';
import { effective } from './effective.js';
import { itemOf } from './items.js';
import { questionsOf } from './questions.js';
import { standsStill } from './standstill.js';
import { holderOf } from './within.js';
import { itemId } from './schemas.js';

const look = z.object({
  lang: z.enum(['zh-CN', 'en']).optional(),
  format: z.enum(['json', 'html']).optional().meta({ description: 'Instead of the Accept header.' }),
});

const mostOutputs = 20;
const mostSteps = 100;
/** Events that are looked at for them; refused ones do not count as steps. */
const mostEvents = 2_000;
const eventsPerPage = 200;

export const passportRoutes = [
  route({
    method: 'get',
    path: '/',
    name: 'landing',
    tag: 'Public',
    summary: 'What runs here',
    resource: 'public',
    query: look,
    responses: { 200: { description: 'A page.', schema: z.string(), mediaType: 'text/html' } },
    handle: async (call) => {
      const language = call.query.lang ?? call.language;
      return html(
        landingPage(language, (await call.services.readiness.report()).ready, await statusOf(call.services)),
        language,
      );
    },
  }),
  route({
    method: 'get',
    path: '/p',
    name: 'findPassport',
    tag: 'Public',
    summary: 'To the passport of an item, by its id or its GS1 tag',
    description: 'Which item another tag names is not public.',
    resource: 'public',
    query: z.object({
      find: z.string().trim().min(1).max(200).meta({ description: 'Id, or the text of a GS1 tag.' }),
      lang: look.shape.lang,
    }),
    responses: { 307: { description: 'To the passport.', headers: { Location: 'Passport of the item.' } } },
    problems: ['HL-1030', 'HL-4023', 'HL-4040'],
    handle: ({ query: { find, lang }, services }) =>
      resolve(services, parseTag(find), lang === undefined ? '' : `?lang=${lang}`),
  }),
  route({
    method: 'get',
    path: '/p/{item}',
    name: 'getPassport',
    tag: 'Public',
    summary: 'Public passport of an item',
    description:
      'A page for a browser, JSON for a program. It never names a party, a person, a place or a price.',
    resource: 'public',
    params: z.object({ item: itemId }),
    query: look,
    responses: { 200: { description: 'The passport.', schema: passportSchema } },
    problems: ['HL-2001', 'HL-1030'],
    handle: async (call) => {
      const passport = await passportOf(call.services, call.params.item);
      const wantsPage =
        call.query.format === undefined
          ? call.request.accepts(['json', 'html']) === 'html'
          : call.query.format === 'html';
      if (!wantsPage) return { body: passport, headers: publicHeaders };
      const language = call.query.lang ?? call.language;
      return html(await passportPage(passport, language, `${call.origin}/p/${passport.item}`), language);
    },
  }),
  route({
    method: 'get',
    path: '/01/{gtin}/21/{serial}',
    name: 'resolveGtin',
    tag: 'Public',
    summary: 'GS1 Digital Link of a serialised product',
    resource: 'public',
    params: z.object({ gtin: z.string().regex(/^\d{8,14}$/), serial: z.string().min(1).max(60) }),
    responses: { 307: { description: 'To the passport.', headers: { Location: 'Passport of the item.' } } },
    problems: ['HL-4040', 'HL-1043'],
    handle: ({ params, services }) =>
      resolveLink(services, `01/${encodeURIComponent(params.gtin)}/21/${encodeURIComponent(params.serial)}`),
  }),
  route({
    method: 'get',
    path: '/8004/{giai}',
    name: 'resolveGiai',
    tag: 'Public',
    summary: 'GS1 Digital Link of an individual asset',
    resource: 'public',
    params: z.object({ giai: z.string().min(1).max(60) }),
    responses: { 307: { description: 'To the passport.', headers: { Location: 'Passport of the item.' } } },
    problems: ['HL-4040'],
    handle: ({ params, services }) => resolveLink(services, `8004/${encodeURIComponent(params.giai)}`),
  }),
];

const publicHeaders = { 'Cache-Control': 'public, max-age=10', Vary: 'Accept, Accept-Language' } as const;

function html(page: string, language: Language): Reply {
  return {
    body: page,
    headers: {
      ...publicHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': pagePolicy,
      'Referrer-Policy': 'no-referrer',
    },
  };
}

function resolveLink(services: Services, path: string): Promise<Reply> {
  return resolve(services, parseTag(`https://id.gs1.org/${path}`), '');
}

/** Leads to the passport of what was scanned or typed. @throws HL-4023 for tags that are not public, HL-4040 */
async function resolve({ readModel }: Services, scanned: Scanned, suffix: string): Promise<Reply> {
  if (scanned.scheme === 'item') return toPassport(scanned.value, suffix);
  if (scanned.scheme !== 'gs1') throw new HttpError('HL-4023', { tag: scanned.scheme });
  const row = await readModel.row(rowKey.tag(scanned));
  if (row === undefined) throw new HuilianError('HL-4040', { tag: scanned.value });
  return toPassport(row.item, suffix);
}

function toPassport(item: string, suffix: string): Reply {
  return { status: 307, headers: { Location: `/p/${item}${suffix}`, 'Cache-Control': 'public, max-age=10' } };
}

async function statusOf({ ledgerId, readModel }: Services): Promise<{ ledger: string; block: number }> {
  return { ledger: ledgerId, block: await readModel.height().catch(() => -1) };
}

/** Folds an item and its history into what the public may know. */
async function passportOf(services: Services, id: string): Promise<Passport> {
  const { readModel } = services;
  const found = await itemOf(services, id);
  const { row } = found;
  const origin = row.parent ?? row.core;
  const [questions, history, outputs, source, host] = await Promise.all([
    questionsOf(services, found),
    publicEvents(services, id),
    readModel.outputs(id, { limit: 200 }),
    origin === undefined ? undefined : readModel.item(origin),
    row.fittedInto === undefined ? undefined : readModel.item(row.fittedInto),
  ]);
  return {
    item: id,
    kind: row.kind,
    category: row.category,
    state: row.state,
    ...(row.inspection === undefined ? {} : { inspection: row.inspection }),
    ...(row.class === undefined ? {} : { class: row.class }),
    ...(row.model === undefined ? {} : { model: row.model }),
    rebuilt: row.rebuilt === true,
    corrected: history.corrected,
    questioned: questions.length > 0,
    contested: row.contested === true,
    held: await standsStill(services, found),
    ...(row.massGrams === undefined ? {} : { massGrams: row.massGrams }),
    taggedWith: [...new Set((row.tags ?? []).map(({ scheme }) => scheme))],
    holder: await rolesOf(services, await holderOf(services, found)),
    ...(row.logistics?.evidence === undefined ? {} : { custodyEvidence: row.logistics.evidence }),
    steps: await stepsOf(services, history.steps),
    moreSteps: history.more,
    ...(source === undefined ? {} : { origin: relative(source) }),
    ...(host === undefined ? {} : { fittedInto: relative(host) }),
    outputs: outputs.records.slice(0, mostOutputs).map(relative),
    outputCount: outputs.records.length,
    evidence: {
      ledger: services.ledgerId,
      height: await readModel.height(),
      eventCount: row.count,
      head: row.head,
    },
  };
}

interface PublicEvent {
  readonly what: PublicStep;
  readonly record: EventRecord;
}

/** What an event means for an item in public, or undefined when the public does not see it. */
function publicStep(id: string, record: EventRecord): PublicStep | undefined {
  const { event } = record;
  if (!effective(record)) return undefined;
  const meaning = stepsOfEvents[event.type];
  if ('item' in event && event.item === id) return meaning?.own;
  // Of the lots of one manifest some may be accepted and others go back.
  const isSentBack = event.type === 'acceptManifest' && event.data.refused?.lots.includes(id) === true;
  return isSentBack ? 'refuseManifest' : meaning?.mentioned;
}

/** The first steps of an item. Attempts that were refused lie between them and cannot push them out. */
async function publicEvents(
  { readModel }: Services,
  id: string,
): Promise<{ steps: readonly PublicEvent[]; more: boolean; corrected: boolean }> {
  const steps: PublicEvent[] = [];
  let corrected = false;
  let cursor: string | undefined;
  for (let seen = 0; seen < mostEvents; seen += eventsPerPage) {
    const page = await readModel.history(id, { limit: eventsPerPage, cursor });
    for (const record of page.records) {
      const what = publicStep(id, record);
      corrected ||= record.correction !== undefined && record.correction.effect !== 'open';
      if (what !== undefined) steps.push({ what, record });
    }
    cursor = page.next;
    if (cursor === undefined || steps.length > mostSteps) break;
  }
  const more = cursor !== undefined || steps.length > mostSteps;
  return { steps: steps.slice(0, mostSteps), more, corrected };
}

async function stepsOf(services: Services, events: readonly PublicEvent[]): Promise<Passport['steps']> {
  const shown: Passport['steps'] = [];
  for (const { what, record } of events) {
    const key = await services.readModel.row(rowKey.key(record.keyId));
    shown.push({
      what,
      date: isoDay(dayOf(record.time)),
      by: await rolesOf(services, record.signer),
      ...(key === undefined ? {} : { signedBy: key.kind }),
      ...(record.correction?.effect === 'questioned' ? { questioned: true } : {}),
      ...(record.evidence === undefined ? {} : { evidence: record.evidence }),
    });
  }
  return shown;
}

async function rolesOf({ readModel }: Services, creditCode: string): Promise<Role[]> {
  return [...((await readModel.row(rowKey.participant(creditCode)))?.roles ?? [])];
}

function relative({ id, row }: ItemRecord): Relative {
  return { item: id, kind: row.kind, category: row.category, state: row.state };
}
