import type { Language } from '@huilian/core';
import { BOUNDS } from '../tables/bounds.js';

interface PageText {
  readonly lead: string;
  readonly version: string;
  readonly source: string;
  readonly key: string;
  /** With `{columns}` and `{most}`. */
  readonly joined: string;
  readonly leftOut: string;
  readonly columns: readonly string[];
  readonly yes: string;
  /** Needed, and said once by rows that join. */
  readonly once: string;
  readonly no: string;
  /** Of a salt: the import makes those that the table lacks. */
  readonly made: string;
}

const MIB = 1024 * 1024;

/** What stands on the page of tables beside the formats. */
export const pageText: Readonly<Record<Language, PageText>> = {
  en: {
    version: 'Version',
    source: 'Source',
    key: 'Stands once in a file',
    joined:
      'Rows that are alike in {columns} are one message of at most {most} entries, wherever they stand; with one of them refused, all are',
    leftOut: 'Columns that are left out because they hold personal data',
    columns: ['name', 'header in Chinese', 'header in English', 'holds', 'required', 'source'],
    yes: 'yes',
    once: 'yes, in one of its rows',
    no: 'no',
    made: 'no: the import makes it',
    lead: `# Tables of other systems

[中文](tables.zh-CN.md)

How tables that trade partners send are read. \`huilian table check FILE --format NAME\` reads one and says what becomes of each row;
nothing is recorded. A row is accepted, refused with a code for each fault, or a repetition of an earlier one; none is passed over. The page
is made from the formats in \`adapters/src/formats\`; \`npm run docs\` makes it anew.

## Files

| what | taken | refused |
| --- | --- | --- |
| CSV | delimited by comma, semicolon or tab (the most frequent one; \`sep=;\` in the first line decides); lines that end in LF, CRLF or CR; a quote inside a cell without quotes is a character | a quote that is never closed (HL-9010), a row with more cells than the header (HL-9110) |
| encoding of CSV | by byte order mark; else UTF-8 when the bytes are valid UTF-8, UTF-16 when they are full of NULs, else GB 18030 with GBK and GB 2312; the report says which | what is valid in none of them (HL-9002) |
| XLSX | transitional and strict; texts, numbers, truth values, dates of both date systems; numbers with the 15 digits that Excel shows | XLS, XLSB, HTML named XLS (HL-9001), a password (HL-9004), a damaged file (HL-9003) |
| bounds | ${BOUNDS.fileBytes / MIB} MiB a file, ${BOUNDS.inflatedBytes / MIB} MiB inflated, ${BOUNDS.rows} rows a sheet, ${BOUNDS.columns} columns, ${BOUNDS.cellCharacters} characters a cell | HL-9005 to HL-9009, HL-9106 |

## Rows and cells

- The **header** is the first row that has all required columns, among the first ${BOUNDS.headerRows} rows with content; titles may stand before it.
  Width, case, blanks and \`*\` do not matter. \`净重(kg)\` and \`净重/kg\` name the unit. Two columns that mean the same are refused (HL-9012).
  Merged cells may make it several rows high, with names of groups above: its lowest row counts.
- **Sheets**: all visible ones that have the header are read. Hidden ones and those without it are named in a remark. \`--sheet\` chooses one.
- **Rows** are numbered as a spreadsheet program does. Empty rows are passed over. A hidden row is refused (HL-9105): it was filtered out, and
  whoever opens the file does not see it. Hidden columns are read, with a remark.
- A **formula** is refused (HL-9102). It is not evaluated, and the result that is stored beside it is not taken. In CSV a text that begins
  with \`=\` is a text; reports put an apostrophe before it.
- **Error values** such as \`#N/A\` are refused (HL-9103).
- **Merged cells** of XLSX are read in each of their rows, with a remark (HL-9163): the number of a manifest over the rows of its lots, a day over
  several vehicles. Refused are those over several columns that have headers of their own, and a mass, an amount or a count over several rows,
  which may be their sum (HL-9104), unless rows join and the message says it once. CSV keeps the value in the first row only: there each row is filled in.
- **Texts** are put into NFC and trimmed. Control, direction and invisible characters and line breaks are refused (HL-9107). In codes, full-width
  characters become ASCII. An apostrophe before a code, a number or a day is left out. A code that a spreadsheet program kept as a quantity
  (\`4.2E+17\`) is refused (HL-9109); one that is a number in XLSX is taken with a remark, because leading zeros may be lost (HL-9164). Format columns
  of codes as text.
- **Numbers**: \`1,234.5\` and \`1.234,5\`; where a number can be read in two ways, the style of the format or \`--numbers\` decides, else it is
  refused with both readings (HL-9121). Masses become whole grams, money whole fen, exactly; what is finer is refused (HL-9125). The unit stands
  in the cell or the header; when in both, they must agree.
- **Days**: 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302, dates of XLSX. A time of day behind a day is left out. 03/02/2026 is
  refused (HL-9131). Times need a time of day, 2026-03-02 14:30 or 2026年3月2日 14时30分 (HL-9135), and are at UTC+8 unless the cell says another zone.
- **Keys**: when a key stands twice, the later row is refused and the first one named (HL-9150). A row that says exactly what an earlier one says
  counts once, with a remark.
- **Again**: a row that the ledger refused, or that still waits, is mended in the file and sent again under the same key; what was accepted of it is not
  recorded twice. A row that was recorded stays: another one under its key is refused (HL-9155), until the first is declared wrong by the message id that
  the report gives (\`messageWrong\`), or with \`huilian correct\`.
- A row that says the **header again** is told and is no data (HL-9162). A **sum** (a row that begins with 合计, 小计, total), a signature or a note below the
  list is refused once, not cell by cell (HL-9111).
- **Several in one cell**: where a column says so, such as the packs of a vehicle, with commas, blanks or line breaks between.
- **Rows of one message**: where a format says so, such as the lots of a manifest, rows join by their columns in common. What the message says once may
  stand in one of them or in all, and must agree (HL-9152). One refused row refuses the others (HL-9151), and so does one row too few (HL-9154) or too
  many (HL-9153); no half of a message is recorded. A row without its number refuses the messages of the rows beside it, because it may be theirs.
- Only when the last row was read without an error of the file is the outcome final.
`,
  },
  'zh-CN': {
    version: '版本',
    source: '来源',
    key: '在文件中唯一',
    joined: '{columns}相同的各行合为一条消息，最多 {most} 项，不论位置；其中一行被拒绝，则全部不登记',
    leftOut: '因含个人信息而不读取的列',
    columns: ['名称', '中文表头', '英文表头', '内容', '必填', '来源'],
    yes: '是',
    once: '是，一行写明即可',
    no: '否',
    made: '否，导入时生成',
    lead: `# 其他系统发来的表格

[English](tables.md)

本页说明如何读取合作方发来的表格。\`huilian table check FILE --format NAME\` 读取一个文件并说明每一行的结果，不记录任何内容。每一行要么被接受，要么
被拒绝并逐项给出代码，要么是前面某行的重复；没有一行被忽略。本页由 \`adapters/src/formats\` 中的格式生成；\`npm run docs\` 可重新生成。

## 文件

| 项目 | 接受 | 拒绝 |
| --- | --- | --- |
| CSV | 以逗号、分号或制表符分隔（取出现最多者；首行 \`sep=;\` 优先）；行尾为 LF、CRLF 或 CR；无引号单元格内的引号视为普通字符 | 引号没有闭合（HL-9010）、单元格多于表头（HL-9110） |
| CSV 编码 | 先看字节顺序标记；否则有效 UTF-8 即为 UTF-8，含大量 NUL 为 UTF-16，其余按 GB 18030（含 GBK、GB 2312）；报告写明所用编码 | 任何一种都无效（HL-9002） |
| XLSX | transitional 与 strict；文本、数、布尔值、两种日期系统；数按 Excel 显示的 15 位有效数字 | XLS、XLSB、改名为 XLS 的 HTML（HL-9001）、有密码（HL-9004）、损坏（HL-9003） |
| 上限 | 文件 ${BOUNDS.fileBytes / MIB} MiB，解压后 ${BOUNDS.inflatedBytes / MIB} MiB，每表 ${BOUNDS.rows} 行、${BOUNDS.columns} 列，每格 ${BOUNDS.cellCharacters} 字符 | HL-9005 至 HL-9009、HL-9106 |

## 行与单元格

- **表头**是前 ${BOUNDS.headerRows} 个有内容的行中第一个含全部必填列的行，其前可有标题。全半角、大小写、空格和 \`*\` 不影响识别。\`净重(kg)\`、\`净重/kg\`
  写明单位。两列同义则拒绝（HL-9012）。表头可因合并单元格占多行、上方有分组名称，以最下一行的列名为准。
- **工作表**：读取所有可见且有表头的工作表；隐藏的和没有表头的在备注中列出。可用 \`--sheet\` 指定一个。
- **行号**与表格软件一致。空行跳过。隐藏行被拒绝（HL-9105）：它可能被筛选掉，打开文件的人看不到。隐藏列照读并备注。
- **公式**被拒绝（HL-9102）：不计算，也不采用其缓存值。CSV 中以 \`=\` 开头的内容就是文本；写入报告时在前面加撇号。
- \`#N/A\` 等**错误值**被拒绝（HL-9103）。
- XLSX 的**合并单元格**：其值用于所含的每一行，并备注（HL-9163），例如联单编号合并到各批次的行、日期合并到几辆车的行。横跨几个有表头的列的，以及合并
  到几行的质量、金额、件数（可能是各行之和），被拒绝（HL-9104）；各行合为一条消息、该内容只说一次的除外。CSV 只在首行保留其值，须逐行填写。
- **文本**转为 NFC 并去除首尾空白。控制、方向、不可见字符和换行被拒绝（HL-9107）。编号中的全角字符转为半角；编号、数、日期之前的撇号略去。被表格软件
  当作数字保存的编号（\`4.2E+17\`）被拒绝（HL-9109）；XLSX 中是数字的编号照读并备注，因为开头的零可能已丢失（HL-9164）。编号列请设为文本格式。
- **数**：\`1,234.5\` 与 \`1.234,5\`；有两种读法时按格式声明或 \`--numbers\`，否则拒绝并给出两种读法（HL-9121）。质量换算为整克，金额换算为整分，
  不用浮点数；更精细的被拒绝（HL-9125）。单位写在单元格或表头；两处都写则须一致。
- **日期**：2026-03-02、2026/3/2、2026.3.2、2026年3月2日、20260302、XLSX 日期。日期后的时刻略去。03/02/2026 被拒绝（HL-9131）。
- **时间**须写到时刻，如 2026-03-02 14:30、2026年3月2日 14时30分（HL-9135）；为 UTC+8，除非单元格写明时区。
- **主键**重复时拒绝后出现的行并指明先出现的行（HL-9150）。与前面某行完全相同的行只计一次，并备注。
- **改正后重发**：被账本拒绝或仍在等待的行，在文件中改正后以同一主键重新发送即可，已被接受的部分不会重复登记。已登记的行不变，同一主键的另一内容被拒绝
  （HL-9155），除非先按报告中的消息编号声明有误（\`messageWrong\`），或用 \`huilian correct\` 声明。
- **再次出现的表头**只说明、不作为数据（HL-9162）。**合计**（以合计、小计、共计等开头的行）、签名或备注只拒绝一次，不逐格列出（HL-9111）。
- **一格多个**：该列写明可写多个时（如一辆车的几个电池包），以“、”、逗号、空格或换行分隔。
- **合为一条消息的行**：格式写明时（如一份联单的各批次），相同列的各行合为一条。只说一次的内容可写在其中一行或每一行，须一致（HL-9152）。一行被拒绝，
  其余各行也不登记（HL-9151），行数不足（HL-9154）或过多（HL-9153）亦然；不登记半条消息。缺少编号的行可能属于相邻各行的消息，这些消息也不登记。
- 只有读到最后一行且文件没有错误，结果才算确定。
`,
  },
};
