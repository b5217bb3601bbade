"""One utterance read as one kind of answer, by the readers that the conversation itself uses.

`jixiao understand` and tests/utterances play through `understand`. What was understood comes back
as plain data: an amount in 元 as a decimal string, a percentage (0–100) and a count as numbers,
a day in ISO form, `yes` or `no`, letters in their order, a command as `back` or `set:B3-1`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.answers import problem, read_cell
from dialogs.understand.letters import LETTERS, read_letters
from dialogs.understand.option_lists import option_labels
from dialogs.understand.reading import Ask
from dialogs.understanding_command import understand_command
from dialogs.wording import say
from scoring.questionnaire import Column, Kind
from scoring.standard import Standard
from scoring.values import decimal_text, money_units

# Two days on which no relative date is the same, in leap years, so that 2月29日 exists.
_PROBES = (date(2004, 1, 15), date(2008, 6, 27))

Plain = str | int | float


class BadRequest(ValueError):
    """A request can't be read: a sentence of the catalogue says what is wrong."""

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(say(code, **numbers))


@dataclass(frozen=True)
class Request:
    """What was said, and what the question named: today, its options by letter, its unit."""

    text: str
    today: date | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


def understand(request: Mapping[str, Any], standard: Standard) -> dict[str, Plain]:
    """`{"value": …}`, or `{"ask": what would be asked}`, for `{"kind", "text", …}`.

    Raises BadRequest. `today` is an ISO date, `options` letters, labels, a mapping of both or
    their number, `unit` the one that the question named (元, 万元, 亿元).

    >>> from scoring.loading import load
    >>> standard = load("meijiang-2021")
    >>> understand({"kind": "amount", "text": "27万6773.33元"}, standard)
    {'value': '276773.33'}
    >>> understand({"kind": "multi", "text": "除了C都有", "options": "ABC"}, standard)
    {'value': 'AB'}
    >>> list(understand({"kind": "percent", "text": "0.98"}, standard))
    ['ask']
    """
    kind, text = request.get("kind"), request.get("text")
    if not isinstance(kind, str) or kind not in _READERS:
        raise BadRequest("understand_kind", kinds=list(_READERS))
    if isinstance(text, int | Decimal) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise BadRequest("understand_text")
    said = Request(
        text,
        _day(request.get("today")),
        _options(request.get("options")),
        _unit(request.get("unit")) if kind == "amount" else "",
    )
    got = _READERS[kind](said, standard)
    return {"ask": problem(got)} if isinstance(got, Ask) else {"value": got}


def _amount(said: Request, standard: Standard) -> Plain | Ask:
    got = _cell(said, Kind.MONEY)
    return got if isinstance(got, Ask) else decimal_text(got.yuan)


def _percent(said: Request, standard: Standard) -> Plain | Ask:
    got = _cell(said, Kind.PERCENT, Decimal(100))
    if isinstance(got, Ask):
        return got
    text = decimal_text(got.value)
    # The shortest decimal of a float with at most fifteen digits is what was typed.
    return float(text) if "." in text else int(text)


def _count(said: Request, standard: Standard) -> Plain | Ask:
    got = _cell(said, Kind.COUNT)
    return got if isinstance(got, Ask) else int(got.value)


def _date(said: Request, standard: Standard) -> Plain | Ask:
    if said.today:
        got = _cell(said, Kind.DATE)
        return got if isinstance(got, Ask) else str(got.plain())
    first, second = (_cell(Request(said.text, probe), Kind.DATE) for probe in _PROBES)
    if isinstance(first, Ask):
        return first
    return str(first.plain()) if first == second else Ask("ask_date_today", {"text": said.text})


def _yesno(said: Request, standard: Standard) -> Plain | Ask:
    got = _cell(said, Kind.YESNO)
    if isinstance(got, Ask):
        return got
    return "yes" if got.value else "no"


def _multi(said: Request, standard: Standard) -> Plain | Ask:
    if said.options:
        return _letters(said.text, said.options)
    # Without the options only what is true of any number of them is understood.
    first, second = (_letters(said.text, dict.fromkeys(LETTERS[:n], "")) for n in (26, 25))
    return first if first == second or isinstance(first, Ask) else Ask("ask_letters_named")


def _letters(text: str, labels: Mapping[str, str]) -> Plain | Ask:
    named = {letter: label or letter for letter, label in labels.items()}
    got = read_letters(text, list(named), named)
    return got if isinstance(got, Ask) else "".join(got.value)


def _command(said: Request, standard: Standard) -> Plain | Ask:
    got = understand_command(said.text, standard)
    return Ask("nothing_read") if got is None else got


_READERS: dict[str, Callable[[Request, Standard], Plain | Ask]] = {
    "amount": _amount,
    "percent": _percent,
    "count": _count,
    "date": _date,
    "yesno": _yesno,
    "multi": _multi,
    "command": _command,
}


def _cell(said: Request, kind: Kind, most: Decimal | None = None) -> Any:
    """A value read as the chat reads a fact of that type, never below 0; or what is asked."""
    # A date needs a day to be read from; the other kinds do not look at it.
    label = say("understand_label")
    spec = Column(label=label, type=kind, unit=said.unit, min=Decimal(0), max=most)
    got = read_cell(spec, said.text, said.today or _PROBES[0])
    return got if isinstance(got, Ask) else got.value


def _day(given: Any) -> date | None:
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(given[:10])
    except (TypeError, ValueError) as error:
        raise BadRequest("understand_today") from error


def _unit(given: Any) -> str:
    """The code of the unit that the question named; one that is no unit of money counts as none,
    so that a bare number is asked about."""
    if given is not None and not isinstance(given, str):
        raise BadRequest("understand_unit", units=[u.label for u in money_units().values()])
    named = (given or "").strip()
    known = [u.code for u in money_units().values() if named in (u.code, u.label, _short(u.label))]
    return known[0] if known else ""


def _short(label: str) -> str:
    """万元 as people also write it: 万."""
    return label[:-1] or label


def _options(given: Any) -> dict[str, str]:
    labels = option_labels(given)
    if labels is None:
        raise BadRequest("understand_options")
    return labels
