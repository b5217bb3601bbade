"""One turn of the interview: the state and the case, with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from dialogs.agenda import Item, Progress, agenda, asked_facts, next_item, progress
from dialogs.case import Case
from dialogs.hands.held import handed, is_colleague, my_questions
from dialogs.states import Draft, State
from dialogs.wording import say
from scoring.checks import Finding
from scoring.progress import gaps
from scoring.questionnaire import Question
from scoring.reckoning import Reckoned, reckoned
from scoring.sheet import ScoreSheet
from scoring.values import Value

PLACE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Talk:
    """State, case and time of one turn; everything else is worked out from them when needed."""

    state: State
    case: Case
    now: datetime

    @cached_property
    def answers(self) -> Reckoned:
        """The answers of the form, with all that follows from them."""
        return reckoned(self.case.standard, self.case.answers)

    @property
    def values(self) -> Mapping[str, Value]:
        """The answers as they count."""
        return self.answers.effective

    @property
    def sheet(self) -> ScoreSheet:
        return self.answers.sheet

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All that is still to be asked; of a colleague, what was handed to them."""
        items = agenda(self.case.standard, self.answers)
        return tuple(item for item in items if self.concerns(item.question.id))

    @cached_property
    def progress(self) -> Progress:
        return progress(self.case.standard, self.answers, self.limit)

    @cached_property
    def limit(self) -> frozenset[str] | None:
        """The only questions that a colleague is asked, by id; None for who fills in it all."""
        return my_questions(self.case) if is_colleague(self.case) else None

    def concerns(self, question_id: str) -> bool:
        """Whether a question is one that the person may be asked."""
        return self.limit is None or question_id in self.limit

    @cached_property
    def handed(self) -> frozenset[str]:
        """The questions that a colleague was asked to answer, which are put to the contact last."""
        return frozenset() if self.limit is not None else handed(self.case)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.answers.findings

    def draft(self, item: Item) -> Draft:
        """The rows typed for an item and not closed yet."""
        return self.state.drafts.get(item.question.id, ())

    @property
    def deadline(self) -> str:
        """The last day, as said in a chat: of a form that came back, when it is due."""
        day = (self.case.form.due or self.case.form.deadline).astimezone(PLACE)
        return say("month_day", month=day.month, day=day.day)

    @property
    def today(self) -> date:
        return self.now.astimezone(PLACE).date()

    @cached_property
    def current(self) -> Item | None:
        """What the person is to answer now: a correction, what was shown last, or the next."""
        if self.state.editing:
            return self.edited(self.state.editing)
        items = self._pressing if self.came_back_in_part else self.items
        shown = {item.key: item for item in items}.get(self.state.asked)
        own = [item for item in items if item.question.id not in self.handed]
        return shown or next_item(own or items, self.state.skipped)

    @property
    def came_back_in_part(self) -> bool:
        """Whether single indicators came back, not the form as a whole."""
        found = self.case.returned if self.case.form.state == "drafting" else ()
        return bool(found) and all(each.indicator for each in found)

    @property
    def _pressing(self) -> tuple[Item, ...]:
        """What is to be asked and may not be left blank: blanks were left so before."""
        missing = gaps(self.case.standard, self.answers)
        wanted = {(gap.fact, gap.column) for gap in missing}
        facts = {gap.fact for gap in missing if gap.column is None}
        return tuple(
            item
            for item in self.items
            if facts & set(item.facts)
            or any((item.facts[0], column) in wanted for column in item.columns)
        )

    def edited(self, question_id: str) -> Item | None:
        """The whole of a question as an item, whether answered or not; None if it's not asked."""
        question = self.question(question_id)
        if question is None:
            return None
        facts = asked_facts(question, self.case.standard, self.answers)
        return Item(question.id, question, facts) if facts else None

    def question(self, question_id: str) -> Question | None:
        return next((q for q in self.case.standard.questions if q.id == question_id), None)

    def number(self, question: Question) -> int:
        """The fixed number of a question."""
        return self.case.standard.number_of[question.id]

    def after(self, values: Mapping[str, Value | None], state: State) -> Talk:
        """The talk as it will be when these values are kept."""
        return Talk(state, replace(self.case, answers=self.answers.after(values)), self.now)

    def with_state(self, state: State) -> Talk:
        """The same talk in another state; what was worked out from the answers is kept."""
        other = Talk(state, self.case, self.now)
        for name in ("answers", "items", "progress"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other
