"""Long texts and tables of a form, typed or pasted on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from flask import Blueprint, Response, abort, request
from sqlalchemy import Connection

from bot import contact_talk
from bot.acts.base import ActRefused
from bot.acts.write_texts import write_texts
from bot.lifecycle import FormState
from bot.phrases import listed, phrase
from bot.services import Services
from bot.web.access import may_fill
from bot.web.pages import Answer, Pages, Visit, number
from dialogs.describing import noted
from dialogs.talk import Talk
from dialogs.texts.page import Box, boxes, long_facts, long_questions, read_boxes
from scoring.questionnaire import Question
from scoring.values import NotApplicable, Offline
from storage import answers
from storage.interviews import Standing

_EVENT = "event."
_TYPED = "text."
_LABEL = "label."
_WAS = "was."


def make_texts(services: Services) -> Blueprint:
    """The list of what can be typed here, and a page for each question."""
    pages = Pages(services, "texts")

    @pages.form("/texts/<int:form_id>", may_fill)
    def show(visit: Visit, tx: Connection, standing: Standing) -> str:
        talk = _talk_of(services, visit, tx, standing)
        rows = [_row(talk, question) for question in long_questions(talk)]
        return pages.render("texts.html", visit, standing, rows=rows)

    @pages.form("/texts/<int:form_id>/<question_id>", may_fill)
    def edit(visit: Visit, tx: Connection, standing: Standing, question_id: str) -> str:
        talk = _talk_of(services, visit, tx, standing)
        return _editor(pages, visit, tx, standing, talk, _question(talk, question_id))

    @pages.form("/texts/<int:form_id>/<question_id>", may_fill, post=True)
    def save(visit: Visit, tx: Connection, standing: Standing, question_id: str) -> Answer:
        talk = _talk_of(services, visit, tx, standing)
        question = _question(talk, question_id)
        shown = boxes(talk, question)
        given = typed(shown)
        if _homeless(shown):
            words = phrase("texts_moved")
            page = _editor(pages, visit, tx, standing, talk, question, words=words)
            return Response(page, 409)
        read = read_boxes(talk, question, given)
        if read.problems:
            words = phrase("texts_unclear")
            return _editor(pages, visit, tx, standing, talk, question, read.problems, words)
        here = f"{pages.path(standing)}/{question_id}"
        if not read.values:
            return pages.done(visit, standing, "texts_same", to=here)
        try:
            write_texts(
                services,
                tx,
                visit.userid,
                standing.form_id,
                read.values,
                "\n".join(given.values()),
                _seen(),
                question_id,
                visit.now,
            )
        except ActRefused as refusal:
            # What was typed stays in the page, to be changed or copied.
            fresh = _talk_of(services, visit, tx, standing)
            page = _editor(pages, visit, tx, standing, fresh, question, words=refusal.words)
            return Response(page, 409)
        said = noted(read.values, talk.case.standard)
        code = "texts_saved_gone" if read.gone else "texts_saved"
        return pages.done(visit, standing, code, to=here, what=said, gone=listed(read.gone))

    return pages.blueprint


def _talk_of(services: Services, visit: Visit, tx: Connection, standing: Standing) -> Talk:
    return contact_talk.fresh(services, tx, standing, visit.userid, visit.now)


def _editor(
    pages: Pages,
    visit: Visit,
    tx: Connection,
    standing: Standing,
    talk: Talk,
    question: Question,
    problems: Mapping[str, Sequence[str]] = {},
    words: str = "",
) -> str:
    """The page of a question; after a refusal with what was typed still in it."""
    shown = boxes(talk, question)
    present = answers.present_with_origin(tx, standing.form_id)
    facts = long_facts(talk, question)
    return pages.render(
        "text.html",
        visit,
        standing,
        question=question,
        number=talk.number(question),
        boxes=shown,
        typed=typed(shown) if request.method == "POST" else {},
        digest=digest,
        homeless=_homeless(shown) if request.method == "POST" else [],
        events={name: present[name].event_id if name in present else 0 for name in facts},
        stands=_standing_otherwise(talk, facts),
        problems=problems,
        words=words,
        open=standing.state == FormState.DRAFTING,
    )


def typed(shown: Sequence[Box]) -> dict[str, str]:
    """What somebody wrote into each box, by its key: boxes left as the page showed them don't
    count, and neither do those that are about another row by now."""
    drafts = {box.key for box in shown if box.draft}
    labels = {box.key: box.label for box in shown}
    return {
        key: text
        for key, text in _sent().items()
        if labels.get(key) == request.form.get(_LABEL + key, labels.get(key))
        and key in labels
        and (key in drafts or _is_new(key, text))
    }


def _homeless(shown: Sequence[Box]) -> list[tuple[str, str]]:
    """What was written into boxes that are no longer there, or are about another row by now."""
    kept = typed(shown)
    written = {key: text for key, text in _sent().items() if text and _is_new(key, text)}
    return [(request.form.get(_LABEL + k, ""), t) for k, t in written.items() if k not in kept]


def _sent() -> dict[str, str]:
    fields = request.form.items()
    return {
        n.removeprefix(_TYPED): t.replace("\r\n", "\n") for n, t in fields if n.startswith(_TYPED)
    }


def _is_new(key: str, text: str) -> bool:
    return request.form.get(_WAS + key) != digest(text)


def digest(text: str) -> str:
    """A text in short, to notice whether it was changed."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:16]


def _seen() -> dict[str, int]:
    """The answers that the page showed, as event ids by fact."""
    return {
        name.removeprefix(_EVENT): event
        for name, value in request.form.items()
        if name.startswith(_EVENT) and (event := number(value)) is not None
    }


def _question(talk: Talk, question_id: str) -> Question:
    found = {question.id: question for question in long_questions(talk)}
    if question_id not in found:
        abort(404)
    return found[question_id]


def _row(talk: Talk, question: Question) -> dict[str, object]:
    """A line of the list: what is asked, and what is there."""
    facts = talk.case.standard.facts
    names = long_facts(talk, question)
    given = {name: talk.answers[name] for name in names if name in talk.answers}
    waits = [item for item in talk.items if item.question.id == question.id]
    return {
        "id": question.id,
        "number": talk.number(question),
        "label": listed([facts[name].label for name in names]),
        "note": _note(noted(given, talk.case.standard), facts[names[0]].label) if given else "",
        "open": bool(waits),
        "section": talk.case.standard.sections[question.section].name,
    }


def _note(said: str, label: str) -> str:
    """What is there, without the label that stands above it."""
    return said if said.count(label) > 1 else said.removeprefix(label)


def _standing_otherwise(talk: Talk, facts: Sequence[str]) -> dict[str, str]:
    """Answers that are no text or table: 线下报送, 不适用."""
    found = {name: talk.answers[name] for name in facts if name in talk.answers}
    return {
        name: noted({name: value}, talk.case.standard)
        for name, value in found.items()
        if isinstance(value, Offline | NotApplicable)
    }
