"""What people want of an open table, in words: a cell changed, a row deleted, put in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.understand.pasted import small_number
from dialogs.understand.plain_text import clean, narrow

LAST = -1
_SHORT_ORDER = 8
_N = r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_MEASURE = r"(?:条|行|项|个|笔|款|排|栏|号)"
_ORDINAL = rf"(?:第\s*{_N}\s*{_MEASURE}?|{_N}\s*(?:条|行|项|笔|号|款)|(?<![0-9]){_N}号)"
_BACK = rf"(?:倒数第\s*{_N}\s*{_MEASURE}?)"
_END = rf"(?:最后|末尾|最末|最下面?|刚才|刚刚|刚加|上)(?:的|那|这|加的|发的)*(?:一)?\s*{_MEASURE}"
_THAT = rf"(?:那|这)(?:一)?{_MEASURE}"
_ONE = rf"(?:{_ORDINAL}|{_BACK}|{_END})"
_SET = r"(?:应该改成|改成了?|改为|改到|更正为|更改为|换成|变成|调成|调整为|应该是|应当是|应是|应为|该是|写成)"
_WRONG = r"(?:写错了?|填错了?|错了|不对|有误|弄错了?|打错了?|搞错了?)"
_DEL = r"(?:删除掉?|删掉|删了|删去|删|去掉|去除|不要了?|不用了?|移除|作废|划掉)"
_TAIL = r"(?:了|吧|掉|它|去|啊|一下)*"
_LIST = re.compile(
    rf"第?\s*{_N}(?:\s*{_MEASURE})?(?:[、,，;；\s和及与到至~—－～-]++第?\s*{_N}(?:\s*{_MEASURE})?)*\s*(?:这[几两三四]?{_MEASURE})?"
)
_SPAN = re.compile(rf"(?P<a>{_N}){_MEASURE}?\s*(?:到|至|[-~—－～]+)\s*第?\s*(?P<b>{_N})")
_ENDS = re.compile(rf"(?P<which>最后|前面?|头|末尾|后面?|最前面?)(?:的)?(?P<n>{_N})\s*{_MEASURE}")
_DUPLICATES = re.compile(
    r"(?:把)?(?:去掉|删除|删掉|删|去除|合并|清理)(?:所有|全部)?(?:的)?重复(?:的)?(?:行|条|项|那条|那几条|内容|部分|数据)*"
    r"|去重(?:复)?|(?:把)?重复的(?:行|条|项|那条|那几条)?(?:都|全)?(?:删掉|删了|删除|删|不要|去掉)了?"
)
_DELETE = (
    re.compile(rf"(?:请|帮我|麻烦)?(?:把|将)?(?P<what>.+?)(?:都|全|全部|给我|也)*{_DEL}{_TAIL}"),
    re.compile(rf"(?:请|帮我|麻烦)?(?:{_DEL})(?:了|一下)?(?P<what>.+?)"),
)
_INSERT = re.compile(
    rf"(?:请|帮我)?(?:在)?(?P<what>{_ONE}|最?前面|最?上面|开头|.{{2,20}}?{_THAT}|(?<=在).{{2,20}}?)(?:的)?(?P<side>后面|后边|之后|后|下面|下边|下|前面|前边|之前|前|上面|上边|上)?"
    rf"(?:再)?(?:加上?|插入?|添加?|增加|补充?|新增)(?:上|入|了)?(?:一)?{_MEASURE}?[\s:：,，]*(?P<value>.*)",
    re.S,
)
_ADD = re.compile(
    rf"(?:请|帮我)?(?:再|另外?|还要|还需要|要|还)?(?:加上?|增加|新增|补充|添加|补|追加|漏了|漏掉了?|少了|落了)(?:(?:一|1){_MEASURE}[\s:：,，]*|{_MEASURE}?[\s:：,，]+)(?P<value>.+)"
    r"|(?:另外)?(?:还有|另外)(?:一|1)?(?:[条行项个笔])?[\s:：,，]*(?P<more>.+)",
    re.S,
)
_VALUE_NOT_OLD = re.compile(
    r"(?:不是|不应该是|不应为).{1,30}?[,，、\s]*(?:而是|应该是|应为|是)\s*(?P<value>.+)"
)
_SET_ROW = re.compile(
    rf"(?:请|帮我)?(?:把|将)?(?:修改|更正)?\s*(?P<row>{_ONE}(?:{_THAT})?)(?:的|里|里面|中)*(?P<cell>.{{0,20}}?)(?:的)?(?:{_WRONG})?[\s,，:：、]*"
    rf"(?P<verb>{_SET}|为|是(?!不是)|不是(?=.*是)|[:：=])\s*(?P<value>.+)",
    re.S,
)
_SET_NAMED = re.compile(
    rf"(?:不对|错了)?[\s,，]*+(?:请|帮我)?(?P<take>把|将)?(?P<what>.{{1,60}}?)(?:的)?(?:{_WRONG})?[\s,，:：、]*+(?P<verb>{_SET})\s*(?P<value>.+)",
    re.S,
)
_BARE = re.compile(rf"第?\s*(?P<row>{_N})\s*{_MEASURE}?[\s、.．,，:：的]*(?P<rest>.+)", re.S)
_WHICH = re.compile(
    rf"(?:请|帮我|我要|我想)?(?:把)?(?:改|修改|更正|改一下|修改一下)\s*(?:一下)?\s*(?P<row>{_ONE})|(?P<wrong>{_ONE})(?:的)?(?:{_WRONG}|要改|改一下|需要改|要修改)?"
)
_SEVERAL = re.compile(rf"(?<![\n;；,，])[\n;；,，]++\s*+(?={_ORDINAL})")
_LEADING = re.compile(r"^(?:不对|错了|不好意思|对了|哦|噢|那个)[\s,，。]+")
_TRAILING = re.compile(r"[\s,，]*(?:谢谢|谢了|麻烦了|辛苦了?|才对|才是|吧|哈|哦)*[。.!！~]*$")


@dataclass(frozen=True)
class RowWords:
    """What is wanted of a table.

    kind: `set` a cell or a row, `delete`, `insert`, `add`, `dedupe`, `which` (what of a row?).
    rows: their numbers from 1, from the end below 0; name: words that name a row (and perhaps a
    column) instead; column: its id where it was said; value: what is to stand there.
    """

    kind: str
    rows: tuple[int, ...] = ()
    name: str = ""
    column: str = ""
    value: str = ""


def read_row_words(text: str, labels: Sequence[tuple[str, str]], total: int) -> list[RowWords]:
    """What a message wants of a table of `total` rows whose columns go by these (label, id), the
    longer labels first; an empty list where it wants nothing.

    >>> columns = [("名称", "name"), ("金额", "amount")]
    >>> read_row_words("第2条金额改成35万", columns, 3)
    [RowWords(kind='set', rows=(2,), name='', column='amount', value='35万')]
    >>> read_row_words("删 1、3", columns, 3)[0].rows, read_row_words("最后一条不要了", columns, 3)[0].rows
    ((1, 3), (-1,))
    """
    typed = _LEADING.sub("", clean(text))
    parts = _SEVERAL.split(typed)
    if len(parts) > 1:
        found = [_one(part, labels, total) for part in parts]
        if all(each and (each.kind == "set" or each.rows) for each in found):
            return [each for each in found if each]
    one = _one(typed, labels, total)
    return [one] if one else []


def _one(text: str, labels: Sequence[tuple[str, str]], total: int) -> RowWords | None:
    typed = narrow(text).strip(" 。.!！~")
    if not typed or len(typed) > 300:
        return None
    if _DUPLICATES.fullmatch(typed):
        return RowWords("dedupe")
    if "\n" not in typed and "\t" not in text:
        which = _WHICH.fullmatch(typed)
        if which:
            return RowWords("which", (_row(which["row"] or which["wrong"]),))
        deleted = _deleted(typed)
        if deleted:
            return deleted
    return _inserted(text) or _set(text, labels, total) or _added(text)


def _deleted(typed: str) -> RowWords | None:
    for pattern in _DELETE:
        match = pattern.fullmatch(typed)
        if not match:
            continue
        what = re.sub(rf"(?:{_THAT}|的)$", "", match["what"].strip(" ,，的"))
        rows = rows_in(what) or rows_in(match["what"])
        if rows:
            return RowWords("delete", rows)
        if 1 < len(what) <= 40:
            return RowWords("delete", name=what)
    return None


def _inserted(text: str) -> RowWords | None:
    match = _INSERT.fullmatch(text.strip())
    if not match:
        return None
    what, side = match["what"], match["side"] or ""
    before = side.startswith(("前", "之前", "上"))
    if re.fullmatch(r"最?前面|最?上面|开头", what):
        return RowWords("insert", (0,), value=match["value"].strip())
    if not side:
        return None
    rows = rows_in(narrow(what))
    place = (rows[0] - 1 if before and rows[0] > 0 else rows[0],) if rows else ()
    name = "" if rows else re.sub(rf"{_THAT}$", "", what)
    # Where a row is named, the side can't be worked out here: it stands in the column.
    return RowWords("insert", place, name, "before" if before else "after", match["value"].strip())


def _added(text: str) -> RowWords | None:
    match = _ADD.fullmatch(text.strip())
    value = (match["value"] or match["more"] or "").strip() if match else ""
    return RowWords("add", value=value) if value else None


def _set(text: str, labels: Sequence[tuple[str, str]], total: int) -> RowWords | None:
    typed = text.strip()
    match = _SET_ROW.fullmatch(typed)
    if match:
        column = column_in(narrow(match["cell"]), labels)
        value = match["value"]
        if match["verb"] == "不是":
            turned = _VALUE_NOT_OLD.fullmatch("不是" + value)
            value = turned["value"] if turned else value
        if column is not None:
            return RowWords("set", (_row(narrow(match["row"])),), "", column, _ended(value))
    bare = _BARE.fullmatch(typed)
    if bare and 1 <= small_number(narrow(bare["row"])) <= total:
        found = _column_first(bare["rest"], labels)
        if found:
            return RowWords("set", (small_number(narrow(bare["row"])),), "", *found)
    match = _SET_NAMED.fullmatch(typed)
    if match and "\n" not in match["what"]:
        turned = _VALUE_NOT_OLD.fullmatch(match["value"])
        value = turned["value"] if turned else match["value"]
        return _named(narrow(match["what"]), labels, _ended(value))
    return None


def _named(what: str, labels: Sequence[tuple[str, str]], value: str) -> RowWords:
    """A row by its name, or a column with the row's number behind it."""
    what = what.strip(" ,，的")
    for label, column in labels:
        rest = what.removeprefix(label).strip(" 的,，")
        if rest != what and re.fullmatch(_ONE, rest):
            return RowWords("set", (_row(rest),), "", column, value)
    return RowWords("set", name=what, value=value)


def _column_first(rest: str, labels: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The column that words begin with, and the value behind it."""
    for label, column in labels:
        if rest.startswith(label):
            value = re.sub(rf"^(?:的)?(?:{_SET}|为|是)?[\s:：=,，]*", "", rest[len(label) :])
            if value:
                return column, _ended(value)
    return None


def is_row_order(text: str) -> bool:
    """Whether words that delete something can only be meant for a row, whatever it is called.

    >>> is_row_order("删掉监察那条"), is_row_order("去掉不合理的收费项目名录")
    (True, False)
    """
    typed = narrow(text).strip(" 。.!！~")
    return bool(re.search(_THAT, typed)) or (typed.startswith("删") and len(typed) <= _SHORT_ORDER)


def target_and_value(text: str) -> tuple[str, str] | None:
    """What is to be changed and the new value, where a message says 改成 in any words.

    >>> target_and_value("第3项资金的金额改成35万")
    ('第3项资金的金额', '35万')
    """
    match = _SET_NAMED.fullmatch(_LEADING.sub("", clean(text)))
    if not match or "\n" in match["what"]:
        return None
    turned = _VALUE_NOT_OLD.fullmatch(match["value"])
    return match["what"], _ended(turned["value"] if turned else match["value"])


def column_in(said: str, labels: Sequence[tuple[str, str]]) -> str | None:
    """The column that words name: "" if there are none, None if they name something else."""
    said = said.strip(" 的,，:：")
    if not said:
        return ""
    exact = [column for label, column in labels if label == said]
    within = [column for label, column in labels if len(said) >= 2 and said in label]
    return next(iter([*exact, *within]), None)


def split_column(said: str, labels: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The name of a row and the column that words behind it name, "" if none.

    >>> split_column("技改资金那条金额", [("金额", "amount")])
    ('技改资金', 'amount')
    """
    for label, column in labels:
        if said.endswith(label) and len(said) > len(label):
            name = said[: -len(label)]
            return re.sub(rf"(?:的|{_THAT}|里面?)+$", "", name.strip()).strip(" 的"), column
    return re.sub(rf"(?:的|{_THAT})+$", "", said.strip()).strip(" 的"), ""


def rows_in(said: str) -> tuple[int, ...]:
    """The numbers of rows that words name: 6、7; 第2到4条; 最后两条; none if they name none.

    >>> rows_in("第2到4条"), rows_in("最后两条"), rows_in("前两条"), rows_in("倒数第二条")
    ((2, 3, 4), (-2, -1), (1, 2), (-2,))
    """
    said = narrow(said).strip(" 的,，")
    ends = _ENDS.fullmatch(said)
    if ends:
        count = small_number(ends["n"])
        if ends["which"] in ("最后", "末尾", "后", "后面"):
            return tuple(range(-count, 0))
        return tuple(range(1, count + 1))
    if re.fullmatch(_BACK, said) or re.fullmatch(_END, said):
        return (_row(said),)
    if not _LIST.fullmatch(said):
        return ()
    spanned = _SPAN.sub(
        lambda m: "、".join(map(str, _range(small_number(m["a"]), small_number(m["b"])))), said
    )
    rows = tuple(dict.fromkeys(small_number(each) for each in re.findall(_N, spanned)))
    return () if 0 in rows and said != "0" else rows


def row_and_rest(said: str) -> tuple[int, str] | None:
    """The number of a row in words, and the other words; None where no row is numbered.

    >>> row_and_rest("第3项资金的金额"), row_and_rest("专项资金第2条金额"), row_and_rest("第3题")
    ((3, '资金的金额'), (2, '专项资金金额'), None)
    """
    found = re.search(rf"第\s*(?P<n>{_N})\s*{_MEASURE}|{_BACK}|最后(?:一)?{_MEASURE}", said)
    if not found:
        return None
    rest = (said[: found.start()].strip(" 的里中") + said[found.end() :].strip(" 的")).strip(" 的")
    return _row(found.group()), rest


def _range(first: int, last: int) -> range:
    return range(min(first, last), max(first, last) + 1)


def _row(said: str) -> int:
    """The number of one row, from the end below 0."""
    number = re.search(_N, said) if "第" in said or re.match(rf"\s*{_N}", said) else None
    if number is None or re.fullmatch(_END, said):
        return LAST
    return -small_number(number.group()) if "倒数" in said else small_number(number.group())


def _ended(value: str) -> str:
    return _TRAILING.sub("", value.strip())
