"""What a step asks the house to do; each effect is carried out by one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scoring.values import Value


class Effect:
    """Something that a step asks for; the kinds of it are frozen dataclasses."""


@dataclass(frozen=True)
class RecordAnswer(Effect):
    """Keep values for facts of the form; None takes an answer back. `raw` is what was typed.

    `earlier` are old answers to offer again: of facts that this change made doubtful and that
    `values` takes back.
    """

    values: Mapping[str, Value | None]
    raw: str
    earlier: Mapping[str, Value] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True)
class TakeOver(RecordAnswer):
    """Keep values of which some were offered: `taken` says for these facts where they stood."""

    taken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficeList(Effect):
    """清单: send the asker the list of what an office is to supply, as text and as a file."""

    keeper: str


@dataclass(frozen=True)
class RecordCover(RecordAnswer):
    """Keep values of facts that stand on the cover alone, wherever the form is."""


@dataclass(frozen=True)
class HandOver(Effect):
    """转交: ask a colleague to answer these scopes (see `Hand.scope`). `userid` is their account;
    `name` is given with it for somebody whom the system doesn't know yet."""

    scopes: tuple[str, ...]
    userid: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnswerHand(Effect):
    """A colleague accepts a hand-over or declines it, perhaps with words."""

    hand_id: int
    yes: bool
    words: str = ""


@dataclass(frozen=True)
class EndHand(Effect):
    """A hand-over is over: taken back by the contact, or given back by the colleague; with a
    `question` only that one of it."""

    hand_id: int
    words: str = ""
    question: str = ""


@dataclass(frozen=True)
class TellOpened(Effect):
    """Tell a colleague who waits for an earlier answer that it has come."""

    hand_id: int


@dataclass(frozen=True)
class SendIn(Effect):
    """送审: hand the form to its reviewers."""


@dataclass(frozen=True)
class Withdraw(Effect):
    """撤回: take a form back that waits for its reviewers."""


@dataclass(frozen=True)
class Preview(Effect):
    """预览: send the asker a draft of the report."""


@dataclass(frozen=True)
class Approve(Effect):
    """A reviewer approves the form; the delivery to finance follows by itself."""

    form_id: int


@dataclass(frozen=True)
class SendBack(Effect):
    """退回: reviewer or finance returns the form with words; `points` are the indicators that
    come back alone, each with its words. Without any, the whole form does."""

    form_id: int
    words: str
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SettlePoint(Effect):
    """改好了: the contact is done with something that came back; `reply` is for who returned it."""

    indicator: str
    reply: str = ""


@dataclass(frozen=True)
class AskWaiver(Effect):
    """The contact asks reviewers and coordinators to let the contradictions pass."""


@dataclass(frozen=True)
class Waive(Effect):
    """放行: a reviewer or coordinator lets a contradiction pass, for the figures it names now."""

    form_id: int
    finding: str
    figures: str
    reason: str


@dataclass(frozen=True)
class RefuseWaiver(Effect):
    """不放行: the figures are to be mended."""

    form_id: int
    finding: str


@dataclass(frozen=True)
class Accept(Effect):
    """接收: finance accepts the delivered form."""

    form_id: int


@dataclass(frozen=True)
class SendAgain(Effect):
    """报告, 材料 某单位: send the asker what was delivered once more. `what` is all, report or
    evidence, `version` 0 for the last one."""

    form_id: int
    what: str
    version: int = 0


@dataclass(frozen=True)
class ReplaceContact(Effect):
    """换人: another contact fills in the form; `old` "" means the only one there is, `userid` is
    the account of a successor whom the system doesn't know yet."""

    form_id: int
    old: str
    new: str
    userid: str = ""


@dataclass(frozen=True)
class KeepPhoto(Effect):
    """Fetch and keep a photo. `purpose` says what for (evidence, signature, seal), `target`
    for which of these, "" where that is still to be asked."""

    media_id: str
    purpose: str
    target: str = ""


@dataclass(frozen=True)
class SortPhotos(Effect):
    """Say for which items the person's unsorted photos are, those with ids `first` to `last`."""

    items: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Picture(Effect):
    """汇报图: send the asker the leader's picture."""


@dataclass(frozen=True)
class Disown(Effect):
    """A leader did not sign what was brought as signed by them; the form goes back with words."""

    form_id: int
    words: str


@dataclass(frozen=True)
class SetStandIn(Effect):
    """代审: `userid` approves in the place of `for_whom`, until then or until it is ended."""

    for_whom: str
    userid: str
    until: datetime | None = None


@dataclass(frozen=True)
class EndStandIn(Effect):
    """取消代审: nobody stands in for this reviewer any more."""

    for_whom: str


@dataclass(frozen=True)
class RecordUnits(Effect):
    """Keep figures of units below the department: unit id → fact → value."""

    figures: Mapping[int, Mapping[str, Value]]
    raw: str


@dataclass(frozen=True)
class NameSeal(Effect):
    """盖章: which version code stands on the sealed paper, as typed."""

    said: str


@dataclass(frozen=True)
class AskPurge(Effect):
    """清除: ask a second person to agree that something is erased. `what` is fact, evidence or
    seal, `target` the fact's name or the row's id."""

    what: str
    target: str
    reason: str


@dataclass(frozen=True)
class SettlePurge(Effect):
    """Agree to an erasure or not; `purge_id` None means the only one that waits."""

    purge_id: int | None
    yes: bool


@dataclass(frozen=True)
class OrderSummary(Effect):
    """汇总: send the asker the results of all departments as a workbook."""

    cycle_id: int


@dataclass(frozen=True)
class OrderArchive(Effect):
    """归档: put everything of a year's exercise into one file."""

    cycle_id: int


@dataclass(frozen=True)
class CheckDirectory(Effect):
    """核对通讯录: compare the roster with WeChat Work's directory now and tell the asker."""


@dataclass(frozen=True)
class PreferText(Effect):
    """The person wants text instead of cards, or cards again."""

    text_only: bool
