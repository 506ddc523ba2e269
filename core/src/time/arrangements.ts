import type { Holidays, HolidayTables } from './holidays.js';

/** A published arrangement and the notices of the General Office of the State Council that it was read in. */
export interface PublishedHolidays extends Holidays {
  readonly year: number;
  readonly sources: readonly string[];
}

/**
 * Arrangements of public holidays as they were published, to fill the rule tables of a trial with. No rule reads them: a ledger
 * counts by the tables that its regulator proposed and approved. Each year was compared in two publications.
 */
export const PUBLISHED_HOLIDAYS: readonly PublishedHolidays[] = [
  {
    year: 2018,
    off: [
      20180101, 20180215, 20180216, 20180219, 20180220, 20180221, 20180405, 20180406, 20180430, 20180501,
      20180618, 20180924, 20181001, 20181002, 20181003, 20181004, 20181005, 20181231,
    ],
    on: [20180211, 20180224, 20180408, 20180428, 20180929, 20180930, 20181229],
    sources: [
      'http://www.gov.cn/zhengce/content/2017-11/30/content_5243579.htm',
      // The last days of the year.
      'http://www.gov.cn/zhengce/content/2018-12/06/content_5346276.htm',
    ],
  },
  {
    year: 2019,
    off: [
      20190101, 20190204, 20190205, 20190206, 20190207, 20190208, 20190405, 20190501, 20190502, 20190503,
      20190607, 20190913, 20191001, 20191002, 20191003, 20191004, 20191007,
    ],
    on: [20190202, 20190203, 20190428, 20190505, 20190929, 20191012],
    sources: [
      'http://www.gov.cn/zhengce/content/2018-12/06/content_5346276.htm',
      // Labour Day made longer.
      'http://www.gov.cn/zhengce/content/2019-03/22/content_5375877.htm',
    ],
  },
  {
    year: 2020,
    off: [
      20200101, 20200124, 20200127, 20200128, 20200129, 20200130, 20200131, 20200406, 20200501, 20200504,
      20200505, 20200625, 20200626, 20201001, 20201002, 20201005, 20201006, 20201007, 20201008,
    ],
    on: [20200119, 20200426, 20200509, 20200628, 20200927, 20201010],
    sources: [
      'http://www.gov.cn/zhengce/content/2019-11/21/content_5454164.htm',
      // The Spring Festival made longer, to 2 February.
      'http://www.gov.cn/zhengce/content/2020-01/27/content_5472352.htm',
    ],
  },
  {
    year: 2021,
    off: [
      20210101, 20210211, 20210212, 20210215, 20210216, 20210217, 20210405, 20210503, 20210504, 20210505,
      20210614, 20210920, 20210921, 20211001, 20211004, 20211005, 20211006, 20211007,
    ],
    on: [20210207, 20210220, 20210425, 20210508, 20210918, 20210926, 20211009],
    sources: ['国办发明电〔2020〕27号', 'http://www.gov.cn/zhengce/content/2020-11/25/content_5564127.htm'],
  },
  {
    year: 2022,
    off: [
      20220103, 20220131, 20220201, 20220202, 20220203, 20220204, 20220404, 20220405, 20220502, 20220503,
      20220504, 20220603, 20220912, 20221003, 20221004, 20221005, 20221006, 20221007,
    ],
    on: [20220129, 20220130, 20220402, 20220424, 20220507, 20221008, 20221009],
    sources: ['国办发明电〔2021〕11号', 'http://www.gov.cn/zhengce/content/2021-10/25/content_5644835.htm'],
  },
  {
    year: 2023,
    off: [
      20230102, 20230123, 20230124, 20230125, 20230126, 20230127, 20230405, 20230501, 20230502, 20230503,
      20230622, 20230623, 20230929, 20231002, 20231003, 20231004, 20231005, 20231006,
    ],
    on: [20230128, 20230129, 20230423, 20230506, 20230625, 20231007, 20231008],
    sources: ['国办发明电〔2022〕16号', 'http://www.gov.cn/zhengce/content/2022-12/08/content_5730844.htm'],
  },
  {
    year: 2024,
    off: [
      20240101, 20240212, 20240213, 20240214, 20240215, 20240216, 20240404, 20240405, 20240501, 20240502,
      20240503, 20240610, 20240916, 20240917, 20241001, 20241002, 20241003, 20241004, 20241007,
    ],
    on: [20240204, 20240218, 20240407, 20240428, 20240511, 20240914, 20240929, 20241012],
    sources: ['国办发明电〔2023〕7号', 'https://www.gov.cn/zhengce/content/202310/content_6911527.htm'],
  },
  {
    year: 2025,
    off: [
      20250101, 20250128, 20250129, 20250130, 20250131, 20250203, 20250204, 20250404, 20250501, 20250502,
      20250505, 20250602, 20251001, 20251002, 20251003, 20251006, 20251007, 20251008,
    ],
    on: [20250126, 20250208, 20250427, 20250928, 20251011],
    sources: ['国办发明电〔2024〕12号', 'https://www.gov.cn/zhengce/content/202411/content_6986382.htm'],
  },
  {
    year: 2026,
    off: [
      20260101, 20260102, 20260216, 20260217, 20260218, 20260219, 20260220, 20260223, 20260406, 20260501,
      20260504, 20260505, 20260619, 20260925, 20261001, 20261002, 20261005, 20261006, 20261007,
    ],
    on: [20260104, 20260214, 20260228, 20260509, 20260920, 20261010],
    sources: [
      '国务院办公厅关于2026年部分节假日安排的通知，2025-11-04',
      'https://politics.gmw.cn/2025-11/04/content_38391083.htm',
    ],
  },
];

/** The published arrangements as tables by year, for tests and trials. */
export function publishedHolidays(): HolidayTables {
  return new Map(PUBLISHED_HOLIDAYS.map(({ year, off, on }) => [year, { off, on }]));
}
