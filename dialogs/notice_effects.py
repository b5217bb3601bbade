"""What a step about notices (通知) asks the house to do."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.effects import Effect


@dataclass(frozen=True)
class SendNotice(Effect):
    """通知: send a notice. `receivers` are userids with the codes of their departments; `codes`
    (None: all departments) and `roles` are whom `target` names; `supplements` is the notice it
    adds to; `later` puts it off to the working hours."""

    words: str
    target: str
    codes: tuple[str, ...] | None
    roles: tuple[str, ...]
    receivers: tuple[tuple[str, str], ...]
    file_key: str = ""
    supplements: int | None = None
    later: bool = False


@dataclass(frozen=True)
class SendNoticeAgain(Effect):
    """再发: send a notice once more to those of these who have not confirmed it, and to who has
    come since; userids with the codes of their departments."""

    notice_id: int
    receivers: tuple[tuple[str, str], ...]
    later: bool = False


@dataclass(frozen=True)
class CancelNotice(Effect):
    """取消通知: a notice that waits for the working hours is not sent."""

    notice_id: int
