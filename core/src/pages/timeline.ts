import { itemEventData, type ItemEventType } from '../model/events.js';
import { ROLES } from '../model/terms.js';
import type { Language } from '../messages/error.js';
import { REPORTING } from '../timeline/reporting.js';
import { timelineSights, type Sight } from '../timeline/sights.js';
import { topicOf, TOPICS, type Topic } from '../timeline/topics.js';
import { terms } from './terms.js';

const TOPIC_NAMES: Readonly<Record<Topic, readonly [zh: string, en: string]>> = {
  identity: ['身份', 'identity'],
  loss: ['赔案', 'loss'],
  approval: ['核定项目', 'approved lines'],
  repair: ['检验与维修', 'inspection and repair'],
  custody: ['交接', 'custody'],
  scrapping: ['报废接收', 'scrapping'],
  material: ['拆解与材料', 'material'],
  core: ['旧件与再制造', 'cores'],
  battery: ['动力电池', 'traction batteries'],
  appliance: ['电器', 'appliances'],
  supervision: ['监管', 'supervision'],
  correction: ['更正', 'corrections'],
  oversight: ['监管方结论', 'conclusions of Oversight'],
  other: ['其他', 'other'],
};

const TEXT = {
  en: {
    title: 'Who sees what of a timeline',
    other: '[中文](timelines.zh-CN.md)',
    lead: `Each type of event has a topic, and each role sees a topic so far: ● the event whole; ◐ what was done, without masses, evidence and other
parties; ○ that it was done; blank: nothing. Its own steps each participant sees whole; refused attempts see who signed them and Oversight. Who
had no part in the vehicle or the part sees nothing, whatever its role. A step that was declared wrong is marked. The page is made from
\`core/src/timeline\`; \`npm run docs\` makes it anew.`,
    reports: 'Who only reported',
    reportsLead: `These steps may be recorded of an item by those who never had it. They make nobody a party: item, history and genealogy stay
closed, and of the timeline who recorded one sees its own steps and what it follows, as far as its roles allow. Whoever holds, owns, is
offered or has worked on the item is a party; a correction makes nobody one. Steps of a loss open that loss of the vehicle, under its
number, and no other; so does a recourse to the insurer that it is against. Losses with their claims and lines are read by every insurer
(\`GET /v1/losses/{vehicle}\`), and by whoever reported one that one. A finding sees who signed the event that gave it, and Oversight.`,
    report: 'step',
    follows: 'then sees of the item',
    nothing: 'nothing further',
    ofLoss: 'of the same loss: ',
    events: 'Events by topic',
    topic: 'topic',
    steps: 'events',
    roles: 'Topics by role',
    role: 'role',
  },
  'zh-CN': {
    title: '时间线的可见范围',
    other: '[English](timelines.md)',
    lead: `每类事件属于一个主题，各角色对主题的可见程度为：● 完整事件；◐ 做了什么，不含质量、证据和其他参与方；○ 发生过；空白为不可见。
参与方自己的步骤完整可见；被拒绝的尝试只对签署方和监管方可见。与该车辆或零部件无关者，无论角色，一律不可见。已声明有误的步骤有标记。
本页由 \`core/src/timeline\` 生成，\`npm run docs\` 可重新生成。`,
    reports: '仅作报告者',
    reportsLead: `以下步骤可由从未持有该物品的参与方记录。记录者不因此成为相关方：物品、历史、来源与去向仍不对其开放；在时间线中，
只能看到自己的步骤及其后续，且以角色为限。持有、拥有、被移交或在该物品上作业的为相关方；更正不使任何人成为相关方。
赔案的步骤只开放该车辆同一赔案号下的内容，不涉及其他赔案；追偿案件对被追偿的保险公司同样开放。赔案及其案件和项目对各保险公司开放
（\`GET /v1/losses/{vehicle}\`），报案方可见自己所报的赔案。异常发现只对引起该发现的事件签署方和监管方可见。`,
    report: '步骤',
    follows: '此后可见该物品的',
    nothing: '无其他',
    ofLoss: '同一赔案的',
    events: '各主题的事件',
    topic: '主题',
    steps: '事件',
    roles: '各角色可见的主题',
    role: '角色',
  },
} as const;

const SIGNS: Readonly<Record<Sight, string>> = { all: '●', what: '◐', step: '○', none: '' };

/** The page docs/timelines.md, or docs/timelines.zh-CN.md. */
export function timelinePage(language: Language): string {
  const text = TEXT[language];
  const name = terms(language);
  const topicName = (topic: Topic): string => TOPIC_NAMES[topic][language === 'en' ? 1 : 0];
  const step = (type: ItemEventType): string => `${name.event(type)} \`${type}\``;
  const list = (of: readonly ItemEventType[]): string => of.map(step).join(name.separator);
  const types = Object.keys(itemEventData) as ItemEventType[];
  const topics = TOPICS.filter((topic) => types.some((type) => topicOf(type) === topic));
  const events = topics.map((topic) => [
    topicName(topic),
    list(types.filter((type) => topicOf(type) === topic)),
  ]);
  const roles = ROLES.map((role) => [
    name.role(role),
    ...topics.map((topic) => SIGNS[timelineSights[role][topic]]),
  ]);
  const reports = REPORTING.map(({ steps, of, follows }) => [
    list(steps),
    `${of === 'loss' ? text.ofLoss : ''}${list(follows) || text.nothing}`,
  ]);
  return `# ${text.title}

${text.other}

${text.lead}

## ${text.roles}

${table([text.role, ...topics.map(topicName)], roles)}
## ${text.reports}

${text.reportsLead}

${table([text.report, text.follows], reports)}
## ${text.events}

${table([text.topic, text.steps], events)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => '---'), ...rows];
  return `${all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
