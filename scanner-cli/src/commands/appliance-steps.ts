import { ERASURE_METHODS, ROUTES, UNIT_TEST_RESULTS } from '@huilian/core';
import { itemEvent } from '../recording/event.js';
import { findItem } from '../recording/find-item.js';
import { applianceReceive } from './appliance-receive.js';
import { chosen, named, type CommandOption } from './command.js';
import { evidenceOf, evidenceOption, tagOf } from './item-events.js';
import { slipOf, sourceOption } from './registration.js';
import { cites, step } from './step.js';
import { versionOf } from './table-version.js';

const required = (flags: string, zh: string, en: string, choices?: readonly string[]): CommandOption => ({
  flags,
  about: { zh, en },
  required: true,
  ...(choices === undefined ? {} : { choices }),
});

/** `huilian appliance …`: from a household to the line, or back into use. */
export const applianceSteps = [
  step(
    'appliance collect',
    { zh: '从用户处回收', en: 'collect units from who gave them up' },
    [{ ...sourceOption, required: true }],
    (context, item, options) =>
      itemEvent(context, 'collectUnit', item, { source: slipOf(options, 'from') }, cites(options)),
  ),
  applianceReceive,
  step(
    'appliance label',
    { zh: '贴本厂标签', en: 'put the label of the plant on a unit' },
    [required('--label <tag>', '标签', 'label')],
    (context, item, options) =>
      itemEvent(context, 'labelUnit', item, { label: tagOf(named(options, 'label')) }, cites(options)),
  ),
  step(
    'appliance set',
    {
      zh: '配对成套：主机与显示器、室内机与室外机',
      en: 'bind a set: host and monitor, indoor and outdoor unit',
    },
    [required('--with <item>', '配对的另一台', 'the other unit')],
    async (context, item, options) => {
      const partner = await findItem(context, named(options, 'with'));
      return itemEvent(context, 'bindSet', item, { partner }, cites(options));
    },
  ),
  step(
    'appliance unset',
    { zh: '解除配对', en: 'unbind a set that was bound by mistake' },
    [required('--from <item>', '配对的另一台', 'the other unit')],
    async (context, item, options) => {
      const partner = await findItem(context, named(options, 'from'));
      return itemEvent(context, 'unbindSet', item, { partner }, cites(options));
    },
  ),
  step(
    'appliance sort',
    { zh: '分选：再使用或拆解处理', en: 'sort units: to be used again or processed' },
    [required('--for <route>', '再使用或拆解处理', 'reuse or process', ROUTES), evidenceOption],
    async (context, item, options) => {
      const data = { route: chosen(options, 'for', ROUTES), ...(await evidenceOf(options)) };
      return itemEvent(context, 'triage', item, data, cites(options));
    },
  ),
  step(
    'appliance erase',
    { zh: '清除数据', en: 'erase the data on units' },
    [required('--method <method>', '清除方式', 'method', ERASURE_METHODS), evidenceOption],
    async (context, item, options) => {
      const data = { method: chosen(options, 'method', ERASURE_METHODS), ...(await evidenceOf(options)) };
      return itemEvent(context, 'eraseData', item, data, cites(options));
    },
  ),
  step(
    'appliance test',
    { zh: '检测', en: 'record a test' },
    [required('--result <result>', '合格或不合格', 'passed or failed', UNIT_TEST_RESULTS), evidenceOption],
    async (context, item, options) => {
      const data = { result: chosen(options, 'result', UNIT_TEST_RESULTS), ...(await evidenceOf(options)) };
      return itemEvent(context, 'testUnit', item, data, cites(options));
    },
  ),
  step(
    'appliance refurbish',
    { zh: '翻新完毕，标识为旧货', en: 'record that a unit is refurbished and marked second-hand' },
    [required('--mark <text>', '旧货标识编号', 'number of the second-hand mark'), evidenceOption],
    async (context, item, options) => {
      const data = { mark: named(options, 'mark'), ...(await evidenceOf(options)) };
      return itemEvent(context, 'refurbish', item, data, cites(options));
    },
  ),
  step(
    'appliance sell',
    { zh: '作旧货售出', en: 'sell a refurbished unit second-hand' },
    [
      {
        ...sourceOption,
        flags: '--to <buyer>',
        about: {
          zh: '买方：household:单号、public:单号 或 participant:单号',
          en: 'buyer: household:SLIP, public:SLIP or participant:SLIP',
        },
        required: true,
      },
    ],
    (context, item, options) => {
      const buyer = slipOf(options, 'to');
      return itemEvent(context, 'sellRefurbished', item, { buyer }, cites(options));
    },
  ),
  step(
    'appliance store',
    { zh: '入库', en: 'put units into stock' },
    [required('--place <place>', '库位', 'place')],
    (context, item, options) =>
      itemEvent(context, 'stockUnit', item, { place: named(options, 'place') }, cites(options)),
  ),
  step(
    'appliance issue',
    { zh: '领料上线', en: 'issue units to a line' },
    [
      required('--line <line>', '拆解线', 'line'),
      {
        flags: '--steps-version <number>',
        about: { zh: '工序表 lineSteps 的版本', en: 'version of the table lineSteps' },
      },
    ],
    async (context, item, options) => {
      const stepsVersion = await versionOf(context, options, 'stepsVersion', 'lineSteps');
      const data = { line: named(options, 'line'), stepsVersion };
      return itemEvent(context, 'issueToLine', item, data, cites(options));
    },
  ),
  step(
    'appliance step',
    { zh: '完成一道工序', en: 'take a step of the line' },
    [required('--step <step>', '工序', 'step'), evidenceOption],
    async (context, item, options) => {
      const data = { step: named(options, 'step'), ...(await evidenceOf(options)) };
      return itemEvent(context, 'lineStep', item, data, cites(options));
    },
  ),
  step(
    'appliance close',
    { zh: '拆解完毕', en: 'close units: all steps are done' },
    [],
    (context, item, options) => itemEvent(context, 'closeUnit', item, {}, cites(options)),
  ),
];
