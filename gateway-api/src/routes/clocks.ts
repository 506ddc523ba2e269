import {
  CLOCK_STATES,
  dayOf,
  dayOfDate,
  isoDay,
  latenessOf,
  startOfDay,
  stateOf,
  TIME_LIMITS,
  timeTables,
  type ClockState,
  type TablesOnRecord,
} from '@huilian/core';
import { z } from 'zod';
import { HttpError } from '../http/problem.js';
import { route } from '../http/route.js';
import { CLOCK_QUERIES, type ClockRecord } from '../ports.js';
import { itemOf } from './items.js';
import { pageReply } from './pages.js';
import { creditCode, itemId, linkHeader, paged } from './schemas.js';
import { partiesOf } from './within.js';

const states = Object.keys(CLOCK_STATES) as [ClockState, ...ClockState[]];
const date = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);
const asOf = date.optional().meta({
  description: 'As clocks will stand on this day (UTC+8), if nothing more happens; today by default.',
});

export const lateness = z
  .object({
    days: z.int().meta({ description: 'Calendar days after the last day of the term.' }),
    workingDays: z
      .int()
      .optional()
      .meta({ description: 'Those on which people work; absent where the holidays are not on record.' }),
  })
  .meta({ id: 'Lateness' });

export const clockShape = z
  .object({
    item: z.string(),
    timeLimit: z.string().meta({ description: 'Name of the time limit.' }),
    title: z.object({ zh: z.string(), en: z.string() }),
    source: z.object({ zh: z.string(), en: z.string() }),
    state: z.enum(states),
    party: z.string().meta({ description: 'Credit code of who signed what started it.' }),
    startedBy: z.string().meta({ description: 'Id of the event.' }),
    started: z.int().meta({ description: 'Ledger time, seconds since 1970.' }),
    due: z.string().optional().meta({ description: 'Last day of the term at UTC+8.' }),
    stoppedBy: z.string().optional(),
    stopped: z.int().optional(),
    late: lateness.optional().meta({ description: 'By how much the term was, or is, missed.' }),
    confirmed: z.boolean().meta({ description: 'False for a term that no source confirms.' }),
    missing: z
      .looseObject({ what: z.enum(['table', 'term', 'holidays']) })
      .optional()
      .meta({
        description: 'Why no due day can be told: no table on record has the limit, its length, or a year.',
      }),
  })
  .meta({ id: 'Clock', description: 'A time limit of an item that was started by an event.' });

const listed = {
  200: {
    description: 'A page of clocks.',
    schema: z.object({ clocks: z.array(clockShape), next: z.string().optional() }),
    headers: linkHeader,
  },
};

export const clockRoutes = [
  route({
    method: 'get',
    path: '/v1/items/{id}/clocks',
    name: 'getClocks',
    tag: 'Items',
    summary: 'Time limits of an item: those that run and those that were met or missed',
    resource: 'item',
    params: z.object({ id: itemId }),
    query: paged.extend({ asOf }),
    responses: listed,
    problems: ['HL-2001', 'HL-5024'],
    handle: async (call) => {
      const { params, query, services } = call;
      const found = await itemOf(services, params.id);
      const page = await services.readModel.clocksOf(params.id, query);
      const show = shower(await services.readModel.tables(), momentOf(query.asOf));
      return { ...pageReply(call, 'clocks', page, show), parties: await partiesOf(services, found) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/clocks',
    name: 'listClocks',
    tag: 'Items',
    summary: 'Time limits that are due, overdue, met or missed, in the order of their due days',
    description: 'A participant gets those that it started; Oversight gets all.',
    resource: 'clock',
    query: paged.extend({
      status: z.enum(CLOCK_QUERIES).default('overdue').meta({
        description:
          '`due`: running; `overdue`: running, and the last day is over; `met`; `late`: done after the last day; `unknown`: no due day can be told.',
      }),
      before: date.optional().meta({ description: 'Only those whose last day lies before this one.' }),
      party: creditCode.optional(),
      timeLimit: z.enum(TIME_LIMITS.map(({ name }) => name)).optional(),
      asOf,
    }),
    responses: listed,
    problems: ['HL-5024'],
    handle: async (call) => {
      const { query, scope, services } = call;
      const { status, before, timeLimit, limit, cursor } = query;
      const now = momentOf(query.asOf);
      const party = scope ?? query.party;
      if (scope !== undefined && query.party !== undefined && query.party !== scope)
        return { body: { clocks: [] }, scope: 'narrowed' };
      const page = await services.readModel.clocks(
        {
          status,
          now,
          party,
          timeLimit,
          before: before === undefined ? undefined : startOfDay(dayIn(before, 'before')) + 1,
        },
        { limit, cursor },
      );
      const show = shower(await services.readModel.tables(), now);
      return { ...pageReply(call, 'clocks', page, show), scope: 'narrowed' };
    },
  }),
];

/** The moment that is asked about, in seconds. What was due in the past cannot be told from how clocks stand now. */
function momentOf(day: string | undefined): number {
  const now = Math.floor(Date.now() / 1_000);
  if (day === undefined) return now;
  const asked = dayIn(day, 'asOf');
  if (asked < dayOf(now)) throw fault('asOf', 'today or later');
  return Math.max(now, startOfDay(asked));
}

function dayIn(text: string, name: string): number {
  const day = dayOfDate(Number(text.replaceAll('-', '')));
  if (day === undefined) throw fault(name, 'a date such as 2026-12-31');
  return day;
}

function fault(name: string, detail: string): HttpError {
  return new HttpError('HL-4001', {}, { faults: [{ pointer: `query/${name}`, detail }] });
}

/** How clocks are shown at a moment. */
export function shower(tables: TablesOnRecord, now: number) {
  const { holidays } = timeTables(tables, now);
  return (clock: ClockRecord) => {
    const { item, limit, party, startedBy, started, stoppedBy, stopped, confirmed, missing, dueAt } = clock;
    const row = TIME_LIMITS.find(({ name }) => name === limit);
    const due = missing === undefined ? dayOf(dueAt) - 1 : undefined;
    const late = due === undefined ? undefined : latenessOf(due, stopped ?? now, holidays);
    return {
      item,
      timeLimit: limit,
      title: row?.title ?? { zh: limit, en: limit },
      source: row?.source ?? { zh: '', en: '' },
      state: stateNow(clock, due, now),
      party,
      startedBy,
      started,
      ...(due === undefined ? {} : { due: isoDay(due) }),
      ...(stoppedBy === undefined ? {} : { stoppedBy, stopped }),
      ...(late === undefined ? {} : { late }),
      confirmed,
      ...(missing === undefined ? {} : { missing }),
    };
  };
}

function stateNow({ stopped, warnDays }: ClockRecord, due: number | undefined, now: number): ClockState {
  if (due === undefined) return 'notComputable';
  return stateOf({ due, warnDays }, stopped === undefined ? undefined : dayOf(stopped), dayOf(now));
}
