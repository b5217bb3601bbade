"""Secrecy markings are told apart from words about secrets; private numbers from any number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sensitive import private_numbers, secrecy_mark

MARKED = [
    "秘密★5年",
    "机密 ★ 长期",
    "机　密★１年",
    "机\u200b密★1年",
    "绝密",
    "绝密★",
    "绝密！",
    "【秘密】",
    "【机密】关于报送有关情况的函",
    "附件：〔秘密〕名单",
    "[机密★10年]",
    "一、基本情况\n机密\n二、工作开展",
    "**机密**",
    "（机密）",
    "关于某项工作的报告（秘密）",
    "(绝密 长期)关于某项工作的报告",
    "密级：秘密",
    "密　级：机　密",
    "密级|机密",
    "密级为机密。",
    "密级:□秘密 ☑机密",
    "姓名\t密级：绝密\t备注",
    "秘密级",
    "绝密级★长期",
    "绝密 30年",
    "机密·10年",
    "机密1年",
    "秘密 六个月".replace("六个月", "6个月"),
    "特急 机密",
    "000001 机密",
    "机密 特急",
    "机密文件",
    "机密文件，严禁外传",
    "本报告属于国家秘密",
    "本材料为机密",
    "本件定密为秘密",
    "解密日期：2030年1月1日",
    "機密★1年",
    "内部★",
    "核心商密★长期",
    "工作秘密 ★ 10年",
    "特急机密",
    "机密特急",
    "000012\n秘\n密\n★\n1\n0\n年",
    "机\n\n密",
    "秘密●5年",
    "秘密（5年）",
    "机密[20年]",
    "秘密 保密期限5年",
    "机密，阅后退回",
    "机密 不得外传",
    "保密等级：机密",
    "密级：★机密",
    "密级 秘密",
    "本资料密级为：秘密",
    "此件属秘密",
    "该文件为机密级文件，不得复制",
    "☒机密 □秘密",
    "涉密人员名单（机密级）",
    "商业秘密保护情况\n机密\n一、基本情况",
]
SPOKEN_OF = [
    "",
    "保守国家秘密是每个公民的义务",
    "商业秘密保护",
    "加强商业秘密保护5年行动",
    "不泄露个人秘密",
    "内部资料 注意保存",
    "国家秘密分为绝密、机密、秘密三级",
    "密级分为：绝密级、机密级、秘密级",
    "密级：秘密、机密、绝密",
    "密级：□秘密 □机密 □绝密",
    "涉及秘密级以上的信息不得上传",
    "密级为秘密的文件按规定管理",
    "保管秘密级、机密级文件12份",
    "绝密级事项未发生",
    "开展保密教育，防止秘密泄露",
    "秘密5年来未泄露",
    "商业秘密5年内不得公开",
    "秘密战线工作",
    "机密性、完整性、可用性",
    "国家秘密载体管理（秘密）的要求",
    "本系统不存储国家秘密",
    "本文件是国家秘密载体管理的依据",
    "解密后归档",
    "解密日期由定密责任人确定",
    "保密期限：3年",
    "全年未发生失泄密事件",
    "查处侵犯商业秘密案件3起，保守工作秘密",
    "涉密人员年度复审完成率100%",
    "★★★★★五星服务",
    "内部★★★★★评分",
    "依法保护国家秘密和商业\n秘密。",
    "严守党和国家\r\n机密。",
    "负责保密、机要、\n机密文件，\n管理工作",
    "企业商业\n秘密5年，",
    "国\n家\n秘\n密\n载\n体",
    "密级\t绝密\t机密\t秘密\t合计",
    "绝密级\n0\n机密级\n2\n秘密级\n10",
    "□绝密\n□机密",
    "☐秘密",
    "密级：绝密 机密 秘密",
    "密级：秘密级、机密级",
    "密级：秘密级12件",
    "核心涉密人员（绝密级）、重要涉密人员（机密级）、一般涉密人员（秘密级）",
    "涉密信息系统集成资质（机密级）",
    "标准化考点保密室（绝密级）",
    "本文件属于国家秘密的，不得上传",
    "经保密审查，此件不涉及国家秘密",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_seen(text: str) -> None:
    assert secrecy_mark(text)


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_seen_inside_a_document(text: str) -> None:
    assert secrecy_mark(f"2021年度工作总结\n{text}\n一、主要工作\n完成了各项任务。")


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_words_about_secrets_are_no_marking(text: str) -> None:
    assert secrecy_mark(text) is None


@given(st.text(alphabet="秘机绝密级★年长期123 \t\n：:（）【】、的为", max_size=40))
def test_whatever_is_written_is_read(text: str) -> None:
    found = secrecy_mark(text)
    assert found is None or found


def test_what_is_found_stays_short() -> None:
    assert len(secrecy_mark("机密" + " " * 2000 + "★1年") or "") < 20


NUMBERS = [
    ("身份证：441400199001011234", "id_card", "4414**********1234"),
    ("441400 19900101 1234，男", "id_card", "4414**********1234"),
    ("110105194912310 02X".replace(" ", ""), "id_card", "1101**********002X"),
    ("１１０１０５１９４９１２３１００２ｘ", "id_card", "1101**********002x"),
    ("卡号6222020000000000000", "bank_card", "6222***********0000"),
    ("6222 0200 0000 0000 000", "bank_card", "6222***********0000"),
    ("4111-1111-1111-1111".replace("1111-1111-1111", "1234-5678-9010"), "bank_card", None),
    ("电话13912345678。", "mobile", "139****5678"),
    ("+86 139-1234-5678", "mobile", "139****5678"),
    ("8613912345678", "mobile", "139****5678"),
]


@pytest.mark.parametrize(("text", "kind", "masked"), NUMBERS)
def test_numbers_of_persons(text: str, kind: str, masked: str | None) -> None:
    found = private_numbers(text)
    if masked is None:  # a wrong check digit
        assert found == ()
    else:
        assert [(each.kind, each.masked) for each in found] == [(kind, masked)]


@pytest.mark.parametrize(
    "text",
    [
        "441400199001011232",  # a wrong check character
        "441400199013011232",  # no such month
        "6222020000000000004",  # fails Luhn's check
        "统一社会信用代码114414007254810012",
        "发票号码04400210011112345678",
        "金额13912345678.00元",
        "0.13912345678",
        "0753-2196888",
        "12912345678",
        "139123456789",
        "2587.01万元",
        "2021年12月31日，共2587项",
        "11111111111",
        "6666666666666666",
    ],
)
def test_other_numbers_are_nobodys(text: str) -> None:
    assert private_numbers(text) == ()


def test_each_number_once_in_its_order() -> None:
    text = "乙13812345678，甲441400199001011234，乙13812345678"
    assert [each.kind for each in private_numbers(text)] == ["mobile", "id_card"]


@given(st.text(max_size=60))
def test_no_more_than_the_ends_is_ever_shown(text: str) -> None:
    for each in private_numbers(text + " 13912345678"):
        assert "*" in each.masked
        assert each.kind in ("id_card", "bank_card", "mobile")
