#!/usr/bin/env python3
"""Tables of invented people in each shape that offices keep them in, each as XLSX, DOCX, HTML and GB18030 CSV.

    shape_samples.py FOLDER
"""

import csv
import html
import io
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "table"))
import office_samples as office  # noqa: E402

# Rows of words; merged cells as (row, column, rows, columns), from 1.
SHAPES = {
    # One person per row, with nearly every mistake that can be made.
    "persons": ([
        ["应急指挥部成员通讯录", "", "", "", ""],
        ["序号", "姓 名", "职务", "工作单位", "联系电话（手机）"],
        ["1", "石青松", "指挥长", "青石街道", "14400000001"],
        ["2", "柳 溪桥", "副指挥长、办公室主任", "青石街道", "１４４　００００　０００２"],
        ["3", "江雨荷", "队长", "工程抢险队", "144 0000 0003、0539-0000003转8001"],
        ["4", "谷雨田", "队员", "工程抢险队", "1440000004"],
        ["5", "高远山", "队员", "工程抢险队", "144000000055"],
        ["6", "白云岭", "值班长", "应急办", "14400000006/660006"],
        ["7", "方向阳", "值班员", "应急办", "1.44E+10"],
        ["8", "秦岭松", "值班员", "应急办", "14400000006"],
        ["9", "石青松", "组长", "防汛抢险队", "14400000001"],
        ["10", "谷雨田", "站长", "农技站", "14400000010"],
        ["11", "钟长明", "队员", "医疗救护队", "14400000011"],
        ["11", "钟长明", "队员", "医疗救护队", "14400000011"],
        ["12", "", "队员", "医疗救护队", "14400000012"],
        ["13", "夏清河", "队员", "医疗救护队", ""],
        ["14", "康安平、严武火", "队员", "医疗救护队", "14400000014"],
        ["15", "王伟", "驾驶员", "青石街道", "14400000015"],
        ["16", "王 伟", "会计", "青石街道", "14400000016"],
        ["17", "欧阳 雪", "文员", "青石街道", "见附件"],
        ["备注：以上号码均为虚构", "", "", "", ""],
    ], [(1, 1, 1, 5), (21, 1, 1, 5)]),
    "side_by_side": ([
        ["姓名", "职务", "联系方式", "姓名", "职务", "联系方式"],
        ["石青松", "指挥长", "14400000001", "柳溪桥", "副指挥长", "14400000002"],
        ["江雨荷", "值班长", "14400000003", "高远山", "值班员", "0539-0000004"],
        ["白云岭", "值班员", "14400000005", "", "", ""],
    ], []),
    "units": ([
        ["单位", "负责人", "手机"],
        ["消防救援站", "严武火", "14400000021"],
        ["燃气抢修队", "关文发", "14400000022"],
        ["供电所", "", ""],
        ["自来水公司", "关文发", "14400000022"],
        ["卫生院", "康安平", "14400000023"],
        ["派出所", "", "0539-0000024"],
    ], []),
    "work_areas": ([
        ["片区", "社区（村）", "姓名", "职务", "联系电话", ""],
        ["", "", "", "", "手机", "备用电话"],
        ["东片区", "东湖社区", "方向阳", "书记", "14400000031", ""],
        ["", "", "雷霆军", "网格员", "14400000032", ""],
        ["", "柳林村", "史敦厚", "书记", "14400000033", "0539-0000033"],
        ["西片区", "河滨社区", "秦岭松", "主任", "14400000034", ""],
    ], [(1, 1, 2, 1), (1, 2, 2, 1), (1, 3, 2, 1), (1, 4, 2, 1), (1, 5, 1, 2), (3, 1, 3, 1), (3, 2, 2, 1)]),
    "upper_offices": ([
        ["上级单位", "科室", "联系人", "值班电话"],
        ["区应急管理局", "指挥中心", "", "0539-0000041"],
        ["", "防汛科", "", "0539-0000042、0539-0000043"],
        ["", "火灾防治科", "叶知秋", "0539-0000044"],
        ["区卫生健康局", "应急办", "", "0539-0000045转8002"],
        ["", "疾控科", "", ""],
    ], []),
    "grid_heads": ([
        ["网格", "网格长", "电话", "网格员", "电话"],
        ["东湖一网格", "方向阳", "14400000051", "雷霆军", "14400000052"],
        ["东湖二网格", "史敦厚", "14400000053", "雷霆军", "14400000052"],
        ["东湖三网格", "", "", "秦岭松", "14400000054"],
    ], []),
    "english": ([
        ["No.", "Name", "Position", "Department", "Mobile", "Office phone", "E-mail"],
        ["1", "Ann Reed", "Duty leader", "Control room", "14400000061", "0539-0000061", "ann@office.example"],
        ["2", "Ben  Shaw", "Driver", "Control room", "14400000062", "", "ben.office"],
    ], []),
    "headings": ([
        ["姓名", "职务", "电话"],
        ["防汛抢险队", "", ""],
        ["石青松", "队长", "14400000071"],
        ["柳溪桥", "队员", "14400000072"],
        ["姓名", "职务", "电话"],
        ["东湖社区", "", ""],
        ["江雨荷", "书记", "14400000073"],
    ], [(2, 1, 1, 3), (6, 1, 1, 3)]),
}

# Two sheets of one file: the same people, other titles.
TWO_TABLES = [
    [["姓名", "职务", "手机"], ["石青松", "指挥长", "14400000081"], ["柳溪桥", "值班长", "14400000082"]],
    [["姓名", "职务", "手机"], ["石青松", "安全员", "14400000081"], ["柳溪桥", "值班长", "14400000082"]],
]


def covered(merged):
    return {(r, c): (row, column) for row, column, rows, columns in merged
            for r in range(row, row + rows) for c in range(column, column + columns) if (r, c) != (row, column)}


def sheet_xml(rows, merged):
    out = []
    for r, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{html.escape(words)}</t></is></c>' if words
            else f'<c r="{chr(64 + c)}{r}"/>' for c, words in enumerate(row, 1))
        out.append(f'<row r="{r}">{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{chr(64 + c)}{r}:{chr(63 + c + cs)}{r + rs - 1}"/>' for r, c, rs, cs in merged)
    return office.sheet("".join(out), after=f"<mergeCells>{ranges}</mergeCells>" if merged else "")


def table_html(rows, merged):
    hidden, spans = covered(merged), {(r, c): (rs, cs) for r, c, rs, cs in merged}
    out = ["<table>"]
    for r, row in enumerate(rows, 1):
        out.append("<tr>")
        for c, words in enumerate(row, 1):
            if (r, c) in hidden:
                continue
            rs, cs = spans.get((r, c), (1, 1))
            out.append(f'<td rowspan="{rs}" colspan="{cs}">{html.escape(words)}</td>')
        out.append("</tr>")
    return "".join(out) + "</table>"


def table_docx(rows, merged):
    starts = {(r, c): (rs, cs) for r, c, rs, cs in merged}
    out = []
    for r, row in enumerate(rows, 1):
        cells, c = [], 1
        while c <= len(row):
            span = next(((s, rs, cs) for s, (rs, cs) in starts.items() if s[1] == c and s[0] <= r < s[0] + rs), None)
            properties, width = "", 1
            if span:
                (top, _), height, width = span
                properties = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
                if height > 1:
                    properties += '<w:vMerge w:val="restart"/>' if top == r else "<w:vMerge/>"
            cells.append(office.tc(office.p(html.escape(row[c - 1])) if row[c - 1] else "<w:p/>", properties))
            c += width
        out.append("<w:tr>" + "".join(cells) + "</w:tr>")
    return "<w:tbl>" + "".join(out) + "</w:tbl>"


def text_csv(rows):
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode("gb18030")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (rows, merged) in SHAPES.items():
        office.workbook(folder / f"{name}.xlsx", [sheet_xml(rows, merged)])
        office.word(folder / f"{name}.docx", table_docx(rows, merged))
        (folder / f"{name}.html").write_text(table_html(rows, merged), encoding="utf-8")
        (folder / f"{name}.csv").write_bytes(text_csv(rows))
    office.workbook(folder / "two_tables.xlsx", [sheet_xml(rows, []) for rows in TWO_TABLES],
                    names=[("名单", "visible"), ("值班", "visible")])
    office.word(folder / "two_tables.docx", "<w:p/>".join(table_docx(rows, []) for rows in TWO_TABLES))
    (folder / "two_tables.html").write_text("".join(table_html(rows, []) for rows in TWO_TABLES), encoding="utf-8")


if __name__ == "__main__":
    main()
