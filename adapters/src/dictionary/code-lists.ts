import {
  ITEM_KINDS,
  ITEM_STATES,
  itemEventData,
  PART_CLASSES,
  ROLES,
  terms,
  type ItemEventType,
} from '@huilian/core';
import type { Code } from '../fields/code-list.js';
import type { Phrase } from '../fields/phrase.js';
import { titleOf, type Column } from '../formats/format.js';
import { CATEGORY_WORDS } from '../messages/columns/category-words.js';
import { messageTypes } from '../messages/index.js';

/** A list of codes with their words. */
export interface CodeList {
  readonly name: string;
  readonly title: Phrase;
  readonly source: Phrase;
  readonly codes: readonly {
    readonly code: string;
    readonly title: Phrase;
    /** Other words that are read as the code. */
    readonly also?: readonly string[];
  }[];
}

const LIFE_CYCLE: Phrase = { zh: '回链生命周期表', en: 'Huilian life cycle tables' };

/** Every list: the ledger's own terms, and those of the members of messages. */
export function codeLists(): readonly CodeList[] {
  const zh = terms('zh-CN');
  const en = terms('en');
  const list = <C extends string>(
    name: string,
    title: Phrase,
    codes: readonly C[],
    words: (language: typeof zh, code: C) => string,
  ): CodeList => ({
    name,
    title,
    source: LIFE_CYCLE,
    codes: codes.map((code) => ({ code, title: { zh: words(zh, code), en: words(en, code) } })),
  });
  return [
    list('itemKind', { zh: '物品种类', en: 'kinds of items' }, ITEM_KINDS, ({ kind }, code) => kind(code)),
    list('itemState', { zh: '状态', en: 'states' }, ITEM_STATES, ({ state }, code) => state(code)),
    list(
      'partClassOnLedger',
      { zh: '零部件分类（账本）', en: 'classes of parts on the ledger' },
      PART_CLASSES,
      (words, code) => words.class(code),
    ),
    list('role', { zh: '参与方角色', en: 'roles' }, ROLES, ({ role }, code) => role(code)),
    list(
      'step',
      { zh: '步骤（事件类型）', en: 'steps (types of events)' },
      Object.keys(itemEventData) as ItemEventType[],
      ({ event }, code) => event(code),
    ),
    ...listsOfMessages(),
  ];
}

/** The codes that a member holds, or the words that a table may have in the place of some; several members have those of categories. */
function codesOf({ name, field }: Column): readonly Code[] | undefined {
  if (field.type === 'codeList') return field.codes;
  if (field.type !== 'text') return undefined;
  return field.words === CATEGORY_WORDS && name !== 'category' ? undefined : field.words;
}

function listsOfMessages(): CodeList[] {
  const lists = new Map<string, CodeList>();
  const columns = messageTypes.flatMap((type) => [
    ...type.columns,
    ...(type.lists ?? []).flatMap((list) => list.columns),
  ]);
  for (const column of columns) {
    const list = listOf(column);
    if (list) lists.set(list.name, list);
  }
  return [...lists.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function listOf(column: Column): CodeList | undefined {
  const { name, source } = column;
  const known = codesOf(column);
  if (known === undefined) return undefined;
  const codes = known.map(({ code, name: title, also }) => ({
    code,
    title,
    ...(also ? { also } : {}),
  }));
  return { name, title: titleOf(column), source, codes };
}
