"""Photos sent by chat: kept for what they are wanted for, evidence sorted by a few words or ticks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from dialogs.bubbles import Bubble, Choice, Tick, Words
from dialogs.cards import LABEL_LIMIT
from dialogs.case import Gathered
from dialogs.effects import KeepPhoto, SortPhotos
from dialogs.events import Chosen, Photo
from dialogs.materials import link_of, name_of, stock_of
from dialogs.replies import elsewhere, repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.letters import LETTERS, read_letters, says_none
from dialogs.understand.material import has_only_marks, items_in_caption, says_mistaken
from dialogs.understand.reading import Ask
from dialogs.wording import join, say, shortened
from scoring.wanted import Wanted, wanted

PENDING = "photos"
CARD = "photos:"
EVIDENCE = "evidence"
MOST = 6


def photo(talk: Talk, event: Photo) -> Step:
    """Orders that a photo is kept: for what was asked for last, as evidence while the form is
    filled in, as the sealed paper once that is waited for."""
    pending, form = talk.state.pending, talk.case.form
    if pending.get("kind") == "photo" and _is_awaited(str(pending["purpose"]), form.state):
        wanted_for = KeepPhoto(event.media_id, str(pending["purpose"]), str(pending["target"]))
        return Step(talk.state, (wanted_for,), (Words(say("photo_received")),))
    if form.state == "drafting":
        return _evidence(talk, event)
    if form.needs_seal:
        effect = KeepPhoto(event.media_id, "seal")
        return Step(talk.state, (effect,), (Words(say("photo_received")),))
    return repeat(talk, elsewhere(talk))


def _is_awaited(purpose: str, state: str) -> bool:
    """Whether what was asked for is still to come: a signed page is settled once the form has
    gone on to finance, and the sealed paper is printed anew once it is back."""
    return {"signature": state == "in_review", "seal": state != "drafting"}.get(purpose, True)


def _evidence(talk: Talk, event: Photo) -> Step:
    """Of several photos in a row the first is acknowledged; the question that follows is about
    all of them. A suggestion that waits for a yes goes on waiting."""
    effect = KeepPhoto(event.media_id, EVIDENCE)
    kind = talk.state.pending.get("kind")
    if kind == PENDING:
        return Step(talk.state, (effect,), ())
    state = talk.state if kind else talk.state.but(pending={"kind": PENDING})
    return Step(state, (effect,), (Words(say("photo_received")),))


def ask(talk: Talk, first: int, last: int, count: int) -> Step:
    """Asks for which items the photos with ids `first` to `last` are. Who has gone on talking
    meanwhile gets a card that may be clicked at any time, or the page: their next words answer
    something else."""
    key = f"{CARD}{first}:{last}:{count}"
    options = likely(talk)
    waits = talk.state.pending.get("kind") == PENDING
    if not options or (talk.case.person.text_only and not waits):
        return repeat(talk, _later(talk, "photo_unsorted_page"))
    pending = {"kind": PENDING, "card": key, "items": [each.id for each in options]}
    state = talk.state.but(pending=pending) if waits else talk.state
    return Step(state, (), (_card(key, count, options),))


def _card(key: str, count: int, options: Sequence[Wanted]) -> Bubble:
    title = say("photos_title_many", count=count) if count > 1 else say("photos_title")
    note = say("photos_note", example=name_of(options[0]))
    labels = [shortened(name_of(each), LABEL_LIMIT) for each in options]
    choices = [Choice(each.id, label) for each, label in zip(options, labels, strict=True)]
    return Tick(key, title, note, tuple(choices))


def likely(talk: Talk) -> tuple[Wanted, ...]:
    """The items to offer: those of the question just answered, those of the open one, then what
    is missing; items without a file first."""
    items = wanted(talk.case.standard, talk.sheet)
    codes = [code for fact in _recent(talk) for code in talk.case.standard.feeds.get(fact, ())]
    near = [each for code in dict.fromkeys(codes) for each in _of(items.values(), code)]
    given = talk.case.gathered.items
    near.sort(key=lambda each: each.id in given)
    chosen = {each.id: each for each in (*near, *stock_of(talk).missing)}
    return tuple(chosen.values())[:MOST]


def _recent(talk: Talk) -> list[str]:
    change, item = talk.case.last_change, talk.current
    return [*(change.before if change else ()), *(item.facts if item else ())]


def _of(items: Iterable[Wanted], code: str) -> list[Wanted]:
    return [each for each in items if each.indicator.code == code]


def resume(talk: Talk, text: str, command: Command | None = None) -> Step | None:
    """Takes words that say for which items the photos are, or that they were a mistake; None for
    words about other things. Where nothing else is asked, words that fit nothing are said so."""
    pending, items = talk.state.pending, wanted(talk.case.standard, talk.sheet)
    if says_mistaken(text):
        return _mistaken(talk)
    named = items_in_caption(text, items)
    if "card" not in pending:
        return _await(talk, named) if named else None
    options = [id for id in pending["items"] if id in items]
    chosen = named or tuple(options[LETTERS.index(letter)] for letter in _ticked(text, options))
    if chosen:
        return filed(talk, str(pending["card"]), chosen)
    if says_none(text):
        return _put_off(talk)
    return repeat(talk, say("photos_unclear")) if not command and talk.current is None else None


def _mistaken(talk: Talk) -> Step:
    """Stored is stored: who wants a photo away takes it away on the page, where it is seen."""
    link = link_of(talk)
    words = say("photos_mistaken", link=link) if link else say("photos_later", way="")
    return repeat(talk.with_state(settled(talk.state)), words)


def _ticked(text: str, options: Sequence[str]) -> tuple[str, ...]:
    """The letters or numbers of options. 对 or 全部 is said about the open question instead."""
    if not has_only_marks(text):
        return ()
    read = read_letters(text, LETTERS[: len(options)])
    return () if isinstance(read, Ask) else read.value


def _await(talk: Talk, named: Sequence[str]) -> Step:
    """The words came before the photo was stored; whoever stores it looks here."""
    pending = {"kind": PENDING, "chosen": list(named)}
    words = say("photo_await", names=names_of(talk, named))
    return repeat(talk.with_state(talk.state.but(pending=pending)), words)


def click(talk: Talk, event: Chosen) -> Step:
    """What was ticked on the card of some photos."""
    items = wanted(talk.case.standard, talk.sheet)
    chosen = tuple(id for id in event.options if id in items)
    return filed(talk, event.card, chosen) if chosen else _put_off(talk)


def filed(talk: Talk, card: str, chosen: tuple[str, ...]) -> Step:
    """Sorts the photos of a card."""
    first, last, count = (int(part) for part in card.removeprefix(CARD).split(":"))
    numbers = {"count": count, "names": names_of(talk, chosen), "left": left(talk, chosen)}
    effect = SortPhotos(chosen, first, last)
    state = settled(talk.state)
    return Step(state, (effect,), (Words(say("photos_filed", **numbers)),))


def filed_at_once(talk: Talk, chosen: Collection[str]) -> Step:
    """A photo was stored and it had been said what for."""
    numbers = {"names": names_of(talk, chosen), "left": left(talk, chosen)}
    state = settled(talk.state)
    return Step(state, (), (Words(say("photo_filed_at_once", **numbers)),))


def known(talk: Talk, served: Collection[str]) -> Step:
    """The same photo was there already, for these items or for none yet."""
    names = names_of(talk, served)
    words = say("photo_known", names=names) if names else say("photo_known_unsorted")
    return Step(settled(talk.state), (), (Words(words),))


def _put_off(talk: Talk) -> Step:
    return repeat(talk.with_state(settled(talk.state)), _later(talk, "photos_later_page"))


def _later(talk: Talk, code: str) -> str:
    link = link_of(talk)
    page = say(code, link=link) if link else ""
    return page if page and code == "photo_unsorted_page" else say("photos_later", way=page)


def settled(state: State) -> State:
    """The state when nothing is to be said about photos any more."""
    return state.but(pending={}) if state.pending.get("kind") == PENDING else state


def names_of(talk: Talk, ids: Collection[str]) -> str:
    """Items by name, in the order of the tree; an id that is not wanted any more is left out."""
    items = wanted(talk.case.standard, talk.sheet)
    return join([name_of(each) for id, each in items.items() if id in ids])


def left(talk: Talk, chosen: Collection[str]) -> str:
    """How many materials are missing once these have a file."""
    before = talk.case.gathered
    after = Gathered(before.items | set(chosen), before.unsorted)
    case = replace(talk.case, gathered=after)
    count = len(stock_of(Talk(talk.state, case, talk.now)).missing)
    return say("photos_left", left=count) if count else say("photos_all_given")
