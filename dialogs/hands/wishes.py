"""转交: a contact asks a colleague, by name, to answer a question, an indicator or a section."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.agenda import form_of
from dialogs.bubbles import Words
from dialogs.case import Known
from dialogs.events import Chosen, Event, Said
from dialogs.hands.cards import CARD, KIND, confirm, key_of
from dialogs.hands.handing_over import already, hand_over, still_open
from dialogs.hands.held import OFFERED, mine
from dialogs.hands.lines import scopes_named
from dialogs.hands.offers import accept, decline
from dialogs.hands.scopes import Scopes, scopes_meant
from dialogs.hands.taking_back import listed, take_back
from dialogs.replies import ask_next, repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command, read_command
from dialogs.understand.handing import (
    ASK,
    BACK,
    GIVE,
    LIST,
    Wish,
    is_here,
    is_here_all,
    read_wishes,
)
from dialogs.understand.helping import read_reply
from dialogs.understand.names import How, Match, find_people
from dialogs.understand.parts import bare_name, is_like_a_name, names_of, read_account, says_not
from dialogs.understand.plain_text import bare_words
from dialogs.understand.tail import split_tail
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Form

WHO = "hand_who"
__all__ = ["CARD", "answer", "click", "delegate", "is_meant"]
_MOST = 4
_LONGEST_NAME = 20
# Fewer letters than these are rather an answer to a question with options.
_LETTERS = 4


def is_meant(event: Event, state: State) -> bool:
    """Whether the people to whom something can be handed are needed to understand an event."""
    if not isinstance(event, Said):
        return False
    if state.pending.get("kind") in (KIND, WHO) or read_wishes(event.text):
        return True
    split = split_tail(event.text)
    commands = [split[1], read_command(split[0])] if split else [read_command(event.text)]
    return any(each is not None and each.name in ("delegate", "unknown") for each in commands)


def answer(talk: Talk, text: str) -> Step | None:
    """The step of a message about hand-overs, or of the answer to what was asked about one; None
    for all else."""
    step = _resumed(talk, text) if talk.state.pending.get("kind") in (KIND, WHO) else None
    waits = mine(talk.case, OFFERED)
    reply = read_reply(text, alone=False) if waits and not asks_words(talk) else None
    if step is None and reply:
        return accept(talk, waits) if reply.yes else decline(talk, waits, reply.words)
    for wish in read_wishes(text) if step is None else ():
        step = _granted(talk, wish)
        if step is not None:
            break
    return step


def delegate(talk: Talk, command: Command) -> Step:
    """转交 as a command: its target is what, its value is whom; who is missing is asked."""
    if command.value:
        return _give(talk, Wish(GIVE, command.target, command.value))
    meant = scopes_meant(talk, command.target)
    scopes = still_open(talk, meant) if meant else ()
    if not scopes:
        return repeat(talk, say("hand_how"))
    return _ask_who(talk, scopes, say("hand_to_whom", scope=scopes_named(talk, scopes)))


def _ask_who(talk: Talk, scopes: Sequence[str], words: str) -> Step:
    pending = {"kind": WHO, "scopes": list(scopes)}
    return Step(talk.state.but(pending=pending), (), (Words(words),))


def _granted(talk: Talk, wish: Wish) -> Step | None:
    if wish.kind == BACK:
        return take_back(talk, wish, certain=not asks_words(talk))
    if wish.kind == LIST:
        return listed(talk, wish)
    return _give(talk, wish) if _is_clear(talk, wish) else None


def asks_words(talk: Talk) -> bool:
    """Whether the open question takes any words as its answer."""
    item = talk.current
    if item is None:
        return False
    form = form_of(item.question, talk.case.standard.facts)
    return form in (Form.TEXT, Form.ROWS) or item.row is not None


def others(talk: Talk) -> list[Known]:
    """The people to whom something can be handed."""
    return [each for each in talk.case.people if each.userid != talk.case.person.userid]


def _is_clear(talk: Talk, wish: Wish) -> bool:
    """Whether words can be nothing but a wish to hand over, or name what and whom there is."""
    if wish.sure and not asks_words(talk):
        return True
    if scopes_meant(talk, wish.what) is None:
        return False
    found = find_people(others(talk), wish.whom)
    return bool(read_account(wish.whom)) or _is_near(found, wish.kind)


def _give(talk: Talk, wish: Wish) -> Step:
    meant, account = scopes_meant(talk, wish.what), read_account(wish.whom)
    found = find_people(others(talk), wish.whom)
    if wish.whom in (talk.case.person.name, talk.case.person.userid):
        return repeat(talk, say("hand_to_self"))
    if meant is None:
        named = shortened(wish.whom, _LONGEST_NAME)
        code = "hand_what" if is_here(wish.what) or is_here_all(wish.what) else "hand_unknown"
        return repeat(talk, say(code, said=shortened(wish.what, 20), name=named))
    scopes = still_open(talk, meant)
    if not scopes:
        named = scopes_named(talk, meant)
        return repeat(talk, say("hand_nothing_open", scope=named))
    if account:
        return _hand_to_account(talk, scopes, account)
    several = [] if found else _several(talk, wish.whom)
    if several:
        return repeat(talk, say("hand_one_by_one", first=several[0], second=join(several[1:])))
    offer = wish.kind == ASK
    return _propose(talk, scopes, found, wish.whom, offer=offer, note=wish.note)


def _several(talk: Talk, said: str) -> list[str]:
    """The names of the people where several were named at once: 张三和李四一起."""
    found = [find_people(others(talk), name) for name in names_of(said)]
    names = [matches[0].person.name for matches in found if matches]
    return names if len(names) > 1 and len(names) == len(found) else []


def _is_near(found: Sequence[Match[Known]], kind: str) -> bool:
    """Whether somebody was found surely enough where the words alone could be an answer."""
    return bool(found) and (found[0].how < How.OFFICE or kind == ASK)


def _propose(
    talk: Talk,
    scopes: Scopes,
    found: Sequence[Match[Known]],
    said: str,
    *,
    offer: bool = False,
    note: str = "",
) -> Step:
    """Asks to confirm who was found, or for the name: nothing is handed over without a yes."""
    every = [each.person for each in found]
    people = [person for person in every if not person.reviews]
    if every and not people:
        return _ask_who(talk, scopes, say("hand_reviews", name=every[0].name))
    if not people:
        words = say("hand_nobody", said=shortened(said, _LONGEST_NAME))
        return _ask_who(talk, scopes, words)
    there = already(talk, scopes, people[0]) if len(people) == 1 else ""
    if there:
        return ask_next(talk.with_state(talk.state.but(pending={})), there)
    sure = len(people) == 1 and found[0].how is How.EXACT
    shown = people[:_MOST]
    return confirm(talk, scopes, shown, said, offer=offer, sure=sure, note=note)


def click(talk: Talk, event: Chosen) -> Step:
    """A button of the card that confirms; an old one changes nothing."""
    pending = talk.state.pending
    if pending.get("kind") != KIND or key_of(pending) != event.card:
        return ask_next(talk, say("card_gone"))
    option = event.options[0] if event.options else "no"
    return _picked(talk, int(option)) if option.isdigit() else _refused(talk)


def _resumed(talk: Talk, text: str) -> Step | None:
    """What was said while a name waits to be confirmed or given."""
    pending, command = talk.state.pending, read_command(text)
    said, yes = bare_words(text), says_yes(text)
    if says_not(text) or (command and command.name == "cancel"):
        return _dropped(talk)
    if pending["kind"] == KIND:
        found = pending["found"]
        if said.isascii() and said.isdigit() and len(said) < 3:
            return _picked(talk, int(said) - 1) if 0 < int(said) <= len(found) else None
        if said in (say("hand_no_offer"), say("hand_no")) or yes is False:
            return _refused(talk)
        if yes or said == say("hand_yes"):
            return repeat(talk, say("hand_which")) if len(found) > 1 else _picked(talk, 0)
    elif yes is False:
        return _dropped(talk)
    return None if read_wishes(text) else _named(talk, text, command)


def _named(talk: Talk, text: str, command: Command | None) -> Step | None:
    """A name, or a name with an account, for what was to be handed over."""
    scopes = tuple(talk.state.pending["scopes"])
    account = read_account(text)
    if account:
        return _hand_to_account(talk, scopes, account)
    name = bare_name(text)
    waits = talk.state.pending["kind"] == WHO
    shown = [called for _, called, _ in talk.state.pending.get("found", ())]
    if shown.count(name) == 1:
        return _picked(talk, shown.index(name))
    if not name or len(name) > _LONGEST_NAME or (name.isascii() and len(name) < _LETTERS):
        return None
    found = find_people(_candidates(talk), name)
    if found and (found[0].how < How.OFFICE or (waits and not command)):
        return _propose(talk, scopes, found, name)
    waits = waits and not command and not asks_words(talk)
    return _propose(talk, scopes, (), name) if waits and is_like_a_name(name) else None


def _candidates(talk: Talk) -> list[Known]:
    """Those who were shown to be chosen from come before all others of the same name."""
    shown = {userid for userid, *_ in talk.state.pending.get("found", ())}
    return sorted(others(talk), key=lambda each: each.userid not in shown)


def _picked(talk: Talk, at: int) -> Step:
    pending = talk.state.pending
    userid, name, post = pending["found"][at]
    scopes = tuple(pending["scopes"])
    person = Known(userid, name, "" if pending.get("new") else post)
    new = name if pending.get("new") else ""
    return hand_over(talk, scopes, person, name=new, note=str(pending.get("note", "")))


def _refused(talk: Talk) -> Step:
    """Not this one: another name is asked for, or, where it was only offered, nothing."""
    if talk.state.pending["offer"]:
        return _dropped(talk)
    return _ask_who(talk, talk.state.pending["scopes"], say("hand_who"))


def _dropped(talk: Talk) -> Step:
    return ask_next(talk.with_state(talk.state.but(pending={})), say("hand_dropped"))


def _hand_to_account(talk: Talk, scopes: Sequence[str], account: tuple[str, str]) -> Step:
    name, userid = account
    known = next((each for each in others(talk) if each.userid.lower() == userid.lower()), None)
    there = already(talk, scopes, known) if known else ""
    if known and known.reviews:
        return _ask_who(talk, scopes, say("hand_reviews", name=known.name))
    if there:
        return ask_next(talk.with_state(talk.state.but(pending={})), there)
    person = known or Known(userid, name, say("hand_account", userid=userid))
    return confirm(talk, scopes, [person], name, sure=True, new=known is None)
