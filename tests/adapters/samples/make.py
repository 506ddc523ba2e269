"""Makes the sample files beside it. Python and openpyxl, so that they come from other programs than those that read them.

    pip install openpyxl==3.1.5 && python3 make.py
"""

import datetime
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
VALUES = {**{c: i for i, c in enumerate("0123456789")}, **dict(zip("ABCDEFGH", range(1, 9))),
          **dict(zip("JKLMN", range(1, 6))), "P": 7, "R": 9, **dict(zip("STUVWXYZ", range(2, 10)))}
WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]


def vin(number):
    bare = f"LSVAM4180C2{number:06d}"
    rest = sum(VALUES[c] * w for c, w in zip(bare, WEIGHTS)) % 11
    return bare[:8] + "0123456789X"[rest] + bare[9:]


HEADER = ["回收证明编号", "车辆识别代号", "号牌号码", "车辆类型", "回收日期", "净重(kg)", "车主类型"]
ROWS = [
    ["BFHS-2026-0001", vin(1), "粤B00001", "小型轿车", "2026-03-02", "1,250.5", "个人"],
    ["BFHS-2026-0002", vin(2), "粤B00002", "重型货车", "2026/3/2", "７，８００", "单位"],
    ["BFHS-2026-0003", vin(3), "粤B00003", "摩托车", "2026年3月3日", "110", "个人"],
    ["BFHS-2026-0004", "LSVAM4186C2123457", "粤B00004", "轿车", "03/04/2026", "1180", "个人"],
    ["BFHS-2026-0002", vin(5), "粤B00005", "客车", "20260305", "9100", "公司"],
    ["BFHS-2026-0003", vin(3), "粤B00003", "摩托车", "2026年3月3日", "110", "个人"],
]


def csv(delimiter):
    def quoted(cell):
        return f'"{cell}"' if delimiter in cell else cell

    return "".join(delimiter.join(map(quoted, row)) + "\r\n" for row in [HEADER, *ROWS])


def xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2026年3月"
    sheet.append(["某某报废机动车回收拆解有限公司 报废机动车回收台账"])
    sheet.merge_cells("A1:G1")
    sheet.append(HEADER)
    sheet.append([*ROWS[0][:4], datetime.date(2026, 3, 2), 1250.5, "个人"])
    sheet.append([*ROWS[1][:4], datetime.datetime(2026, 3, 2, 14, 33), "=7.8*1000", "单位"])
    sheet.append([*ROWS[2][:4], 46084, 110, "个人"])
    sheet.append([*ROWS[4][:4], datetime.date(2026, 3, 5), 9100, "公司"])
    sheet.row_dimensions[6].hidden = True
    sheet["E3"].number_format = 'yyyy"年"m"月"d"日"'
    book.create_sheet("说明")["A1"] = "净重以过磅单为准"
    book.save(HERE / "intake.xlsx")


(HERE / "intake-utf8.csv").write_bytes(csv(",").encode("utf-8-sig"))
(HERE / "intake-gb18030.csv").write_bytes(csv("\t").encode("gb18030"))
xlsx()
