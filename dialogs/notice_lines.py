"""How notices (通知) read: for who gets them, and in the coordinator's preview and lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from dialogs.bubbles import Buttons, Choice
from dialogs.case import Role
from dialogs.notice_board import ROLES, Audience, Board, Meant, Member, Receipt, Sent
from dialogs.talk import PLACE
from dialogs.wording import join, say, shortened

CARD = "notice"
MOST = 1500
"""Characters in a notice; the service cuts a message above 2,048 bytes, so it goes in parts."""
_FIRST_WORDS, _EARLIER_WORDS = 60, 24
_NAMES, _PLACES = 30, 4


def day_text(moment: datetime) -> str:
    """The day, as it is said in a chat."""
    local = moment.astimezone(PLACE)
    return say("notice_day", month=local.month, day=local.day)


def moment_text(moment: datetime) -> str:
    """The day with the hour and the minute."""
    local = moment.astimezone(PLACE)
    clock = f"{local.hour}:{local.minute:02d}"
    return say("notice_moment", month=local.month, day=local.day, clock=clock)


def first_words(words: str, limit: int = _EARLIER_WORDS) -> str:
    """The beginning of a notice, by which people know it again."""
    flat = " ".join(words.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def as_received(
    by: str,
    words: str,
    file_name: str = "",
    earlier: tuple[datetime, str] | None = None,
    *,
    again: bool = False,
    by_words: bool = False,
) -> str:
    """The text of a notice as its receivers read it; `earlier` is when and what the notice said
    that it adds to, `by_words` asks for 收到 where no card will."""
    if earlier:
        at, said = earlier
        before = {"day": day_text(at), "earlier": first_words(said)}
        lines = [say("notice_text_more", by=by, words=words, **before)]
    else:
        lines = [say("notice_text", by=by, words=words)]
    if file_name:
        lines.append(say("notice_with_file", file=file_name))
    if by_words:
        lines.append(say("notice_received_by_words"))
    return "\n".join([say("notice_text_again"), *lines] if again else lines)


def receipt_card(notice_id: int, by: str, at: datetime, words: str, *, more: bool) -> Buttons:
    """The card with the one button by which a receiver confirms."""
    return Buttons(
        f"{CARD}:{notice_id}",
        say("notice_card_title_more" if more else "notice_card_title"),
        say("notice_card_note", by=by, day=day_text(at), words=first_words(words, _FIRST_WORDS)),
        (Choice("received", say("notice_received_button")),),
    )


def notice_of_card(key: str) -> int | None:
    """The notice that a card asks to confirm; None for other cards.

    >>> notice_of_card("notice:12"), notice_of_card("ask:cover")
    (12, None)
    """
    kind, _, number = key.partition(":")
    return int(number) if kind == CARD and number.isdigit() else None


def target_text(board: Board, meant: Meant) -> str:
    """For whom a notice is, in words."""
    roles = say("notice_roles_joined").join(
        say(f"notice_role_{role}") for role in ROLES if role in meant.roles
    )
    if meant.codes is None:
        return say("notice_target_all", roles=roles)
    shorts = [board.short(code) for code in meant.codes]
    if len(shorts) <= _PLACES:
        return say("notice_target", names=join(shorts), roles=roles)
    return say("notice_target_many", names=join(shorts[:_PLACES]), count=len(shorts), roles=roles)


def names_of(board: Board, people: Sequence[Member | Receipt], most: int = _NAMES) -> str:
    """People with their departments, the first of them where they are many."""
    shown = [
        say("notice_name_of", name=each.name, department=board.short(each.code))
        for each in people[:most]
    ]
    if len(people) <= most:
        return join(shown)
    return say("notice_names_more", names=join(shown), count=len(people))


def missed_lines(board: Board, audience: Audience) -> list[str]:
    """Who of those meant gets nothing, and where nobody does."""
    lines = []
    if audience.gone:
        lines.append(say("notice_gone", names=gone_names(board, audience.gone)))
    if audience.silent:
        names = join([board.short(code) for code in audience.silent])
        lines.append(say("notice_silent", names=names))
    return lines


def gone_names(board: Board, people: Collection[Member | Receipt]) -> str:
    """People whom nothing reaches, each with why."""
    told = [
        say(f"notice_gone_{each.gone}", name=each.name, department=board.short(each.code))
        for each in people
    ]
    return join(told)


def confirm_note(note: str) -> str:
    """A note that fits on a card."""
    return shortened(note, 150)


def record_line(sent: Sent) -> str:
    """A notice in the list of them."""
    file = say("notice_record_file", file=sent.file_name) if sent.file_name else ""
    return say(
        "notice_record_line",
        number=sent.id,
        day=moment_text(sent.at),
        target=sent.target,
        words=first_words(sent.words),
        file=file,
        state=_state(sent),
    )


def _state(sent: Sent) -> str:
    if sent.cancelled:
        return say("notice_record_cancelled")
    if sent.due:
        return say("notice_record_due", when=moment_text(sent.due))
    done = sum(each.at is not None for each in sent.receipts)
    return say("notice_record_state", done=done, count=len(sent.receipts))


def roles_of(names: Collection[str]) -> tuple[Role, ...]:
    """Roles by their names, in their order; those who fill in where none is named."""
    return tuple(role for role in ROLES if role in names) or (Role.CONTACT,)
