#!/usr/bin/env python3
"""Office files with invented people, as Excel, WPS, Word and others write them, and as nobody should.

    office_samples.py FOLDER

Written at test time with nothing but zipfile; equal runs give equal bytes.
"""

import pathlib
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, content)


def relations(*targets):
    rows = "".join(f'<Relationship Id="rId{i}" Type="{REL}/{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE_REL}">{rows}</Relationships>'


def sheet(rows, before="", after="", space=MAIN):
    return f'{HEAD}<worksheet xmlns="{space}" xmlns:r="{REL}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(path, sheets, strings=(), styles="", properties="", names=None, method=zipfile.ZIP_DEFLATED):
    """`sheets`: XML of each; `names`: (name, state) of each; `strings`: the inside of each <si>."""
    names = names or [(f"Sheet{i}", "visible") for i in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" state="{state}" r:id="rId{i}"/>'
                     for i, (name, state) in enumerate(names, 1))
    targets = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    parts = [
        ("[Content_Types].xml", f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml",
         f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{listed}</sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels",
         relations(*targets, ("sharedStrings", "/xl/sharedStrings.xml"), ("styles", "styles.xml"))),
        ("xl/sharedStrings.xml",
         f'{HEAD}<sst xmlns="{MAIN}">' + "".join(f"<si>{item}</si>" for item in strings) + "</sst>"),
        ("xl/styles.xml", f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'),
    ]
    parts += [(f"xl/worksheets/sheet{i}.xml", xml) for i, xml in enumerate(sheets, 1)]
    packed(path, parts, method)


STYLES = (
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="165" formatCode="00000000000"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="20"/><xf numFmtId="166"/><xf numFmtId="11"/><xf numFmtId="31"/></cellXfs>')


def duty_list(folder):
    """What an office keeps: a merged title, merged units, numbers stored as numbers, dates, hidden things."""
    strings = [
        "<t>值班表</t>", "<t>单位</t>", "<t>姓名</t>", "<t>手机</t>", "<t>日期</t>",
        "<r><t>石</t></r><r><rPr><b/></rPr><t>青松</t></r><rPh sb=\"0\" eb=\"3\"><t>shi qing song</t></rPh><phoneticPr fontId=\"1\"/>",
        "<t xml:space=\"preserve\"> 柳 溪桥 </t>", "<t>第一行_x000D_\n第二行</t>"]
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/><c r="C1"/><c r="D1"/></row>'
        '<row r="2" spans="1:4"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c>'
        '<c r="D2" t="s"><v>4</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>消防_x005F_x000D_队</t></is></c><c r="B4" t="s"><v>5</v></c>'
        '<c r="C4" s="7"><v>14400000001</v></c><c r="D4" s="1"><v>46348</v></c></row>'
        '<row r="5" hidden="1"><c r="B5" t="s"><v>6</v></c><c r="C5"><v>1.4400000002E10</v></c>'
        '<c r="D5" s="2"><v>46348.3333333333</v></c></row>'
        '<row r="6"><c r="A6" t="s"><v>7</v></c><c r="B6" t="b"><v>1</v></c><c r="C6" s="4"><v>5390000001</v></c>'
        '<c r="D6" s="3"><v>59</v></c></row>')
    before = '<cols><col min="3" max="3" width="0" hidden="1"/><col min="5" max="16384" width="9"/></cols>'
    merged = '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A4:A5"/></mergeCells>'
    secret = sheet('<row><c t="str"><f>A1&amp;"x"</f><v>算出</v></c><c><f>NOW()</f></c><c t="e"><v>#N/A</v></c></row>')
    workbook(folder / "duty_list.xlsx", [sheet(rows, before, merged), secret], strings, STYLES,
             names=[("值班", "visible"), ("底稿", "hidden")])


def numbers(folder):
    cells = [("14400000000", 0), ("440301199001011230", 0), ("0.30000000000000004", 0), ("-1.5", 0), ("46348", 8),
             ("0.3541666667", 5), ("1.5", 6), ("60", 1), ("1E400", 0), ("2958466", 1), ("61", 1), ("1", 1),
             ("1.4400000003E+10", 7)]
    row = "".join(f'<c s="{style}"><v>{value}</v></c>' for value, style in cells)
    iso = '<c t="d"><v>2026-11-22T08:30:00</v></c><c t="d"><v>2026-11-22T00:00:00</v></c><c t="str"><v>1.44E+10</v></c>'
    workbook(folder / "numbers.xlsx", [sheet(f"<row>{row}</row><row>{iso}</row>")], (), STYLES)
    workbook(folder / "numbers_1904.xlsx", [sheet('<row><c s="1"><v>0</v></c><c s="1"><v>44886</v></c></row>')], (), STYLES,
             properties='<workbookPr date1904="1"/>')


def odd_writers(folder):
    """Prefixes, places left out, strict namespaces, backslashes, capital names, no relations but those of the sheets."""
    prefixed = (f'{HEAD}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>王</x:t></x:is></x:c>'
                '<x:c><x:v>14400000001</x:v></x:c></x:row></x:sheetData></x:worksheet>')
    workbook(folder / "prefixed.xlsx", [prefixed])
    strict = sheet('<row r="2"><c t="inlineStr"><is><t>王</t></is></c></row>', space=STRICT)
    packed(folder / "odd_names.xlsx", [
        ("XL\\Workbook.xml", f'{HEAD}<workbook xmlns="{STRICT}" xmlns:r="{REL}"><sheets><sheet name="一" sheetId="1" r:id="a"/>'
                             '<sheet name="图" sheetId="2" r:id="b"/></sheets></workbook>'),
        ("xl\\_rels\\workbook.xml.rels",
         f'{HEAD}<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/'
         'relationships/worksheet" Target="./worksheets/../worksheets/Sheet1.xml"/>'
         f'<Relationship Id="b" Type="{REL}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'),
        ("xl\\worksheets\\sheet1.xml", strict)], zipfile.ZIP_STORED)


def document(body):
    return (f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>{body}</w:body></w:document>')


def word(path, body, method=zipfile.ZIP_DEFLATED):
    packed(path, [("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
                  ("word/document.xml", document(body))], method)


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def documents(folder):
    restart, go_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    nested = f"<w:tbl><w:tr>{tc(p('内一'))}{tc(p('内二'))}</w:tr></w:tbl><w:p/>"
    lines = tc('<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>柳</w:t><w:br/><w:t>溪桥</w:t><w:tab/><w:t>队员</w:t>'
               '</w:r></w:p>')
    changed = tc('<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>'
                 '<w:moveFrom><w:r><w:t>搬</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>'
                 '<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>')
    chosen = tc('<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback>'
                '</mc:AlternateContent></w:r></w:p>')
    rows = [
        tc(p("单位")) + tc(p("姓名")) + tc(p("电话"), two),
        tc(p("消防队"), restart) + tc(p("石青松")) + tc(p("144 0000 0001")) + tc(p("0539-0000001")),
        tc("<w:p/>", go_on) + lines + tc(p("144 0000 0002"), two),
        "<w:trPr><w:del/></w:trPr>" + tc(p("删")) + tc(p("去")),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc(nested) + changed,
    ]
    first = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    word(folder / "call_list.docx", "".join([
        p("应急通讯录"), "<w:p/>", p("第一工作片区"), f"<w:tbl><w:tblPr/>{first}</w:tbl>",
        p("第二工作片区"), f"<w:tbl><w:tr>{tc(p('谷雨田'))}{chosen}</w:tr></w:tbl>"]))
    word(folder / "small.docx", f"<w:tbl><w:tr>{tc(p('王'))}</w:tr></w:tbl>", zipfile.ZIP_STORED)
    word(folder / "no_table.docx", p("没有表格"))


def hostile(folder):
    rows = '<row><c t="inlineStr"><is><t>王</t></is></c></row>'
    workbook(folder / "small.xlsx", [sheet(rows)], method=zipfile.ZIP_STORED)
    laughs = "".join('<!ENTITY l%d "%s">' % (i, f"&l{i - 1};" * 10 if i else "lol") for i in range(9))
    workbook(folder / "laughs.xlsx", [sheet(rows).replace(
        "<worksheet", f"<!DOCTYPE worksheet [{laughs}]><worksheet", 1).replace("王", "&l8;")])
    workbook(folder / "outside.xlsx", [sheet(rows).replace(
        "<worksheet", '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet', 1).replace("王", "&e;")])
    workbook(folder / "undeclared.xlsx", [sheet(rows.replace("王", "&wang;"))])
    other = sheet(rows.replace("王", "\0")).replace('encoding="UTF-8"', 'encoding="GB2312"').encode().replace(b"\0", b"\xff\xff")
    workbook(folder / "bad_encoding.xlsx", [other])
    workbook(folder / "bomb.xlsx", [sheet(rows + " " * (60 << 20))])
    workbook(folder / "large.xlsx", [sheet(rows + "".join(f"<row><c><v>{i}</v></c></row>" for i in range(4_000_000)))])
    workbook(folder / "deep.xlsx", [sheet("<row>" + "<c>" * 10_000 + "</c>" * 10_000 + "</row>")])
    workbook(folder / "far.xlsx", [sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')])
    workbook(folder / "formatted.xlsx", [sheet(rows + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')], styles=STYLES)
    workbook(folder / "backwards.xlsx", [sheet('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>')])
    workbook(folder / "merged_all.xlsx", [sheet(
        "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="CV{r}"><v>1</v></c></row>' for r in range(1, 9_001)),
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')])
    workbook(folder / "overlapping.xlsx", [sheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>5</v></c><c r="D3"><v>6</v></c></row><row r="4"><c r="B4"><v>7</v></c></row>'
        '<row r="5"><c r="A5"><v>8</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A1:C1"/><mergeCell ref="C1:B2"/><mergeCell ref="x"/>'
              '<mergeCell ref="C1"/><mergeCell ref="B4:C5"/><mergeCell ref="A3:C5"/><mergeCell ref="A5:B5"/></mergeCells>')])
    long = "长" * 20_000
    workbook(folder / "long_cell.xlsx", [sheet('<row><c t="s"><v>0</v></c></row>')], [f"<t>{long}</t>"])
    text = "词" * 10_000
    workbook(folder / "one_string.xlsx", [sheet('<row><c t="s"><v>0</v></c></row>' * 5_000)], [f"<t>{text}</t>"])
    packed(folder / "many_parts.xlsx", [(f"xl/p{i}", "") for i in range(5_000)])
    packed(folder / "no_sheet_part.xlsx", [
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="a" r:id="x"/></sheets></workbook>')])
    # zipfile writes no encrypted part: the flag is set by hand, in the local header and in the directory.
    plain = (folder / "small.xlsx").read_bytes()
    locked = bytearray(plain)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(sign)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(sign, at + 4)
    (folder / "locked.xlsx").write_bytes(bytes(locked))
    packed(folder / "twice.xlsx", [("xl/workbook.xml", "x"), ("XL/Workbook.xml", "x")])
    packed(folder / "other.zip", [("readme.txt", "x")])
    packed(folder / "slides.pptx", [("ppt/presentation.xml", "x")])
    packed(folder / "sheet.ods", [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "x")])
    packed(folder / "page.ofd", [("OFD.xml", "x")])
    packed(folder / "book.xlsb", [("xl/workbook.bin", "x")])


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in (duty_list, numbers, odd_writers, documents, hostile):
        make(folder)


if __name__ == "__main__":
    main()
