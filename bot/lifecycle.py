"""The life of a form (自评): one table of state × act × role."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FormState(StrEnum):
    """Where a form stands."""

    DRAFTING = "drafting"  # 填报
    IN_REVIEW = "in_review"  # 送审
    APPROVED = "approved"  # 已审; passed through on the way to delivered
    DELIVERED = "delivered"  # 已报送
    ACCEPTED = "accepted"  # 已接收


class Act(StrEnum):
    """What moves a form on."""

    SEND_IN = "send_in"  # 送审
    WITHDRAW = "withdraw"  # 撤回
    APPROVE = "approve"  # 通过; stays in review while somebody of a later rank is to be asked
    SIGN_BY_HAND = "sign_by_hand"  # 线下签批: the page a leader signed, brought by the contact
    DISOWN = "disown"  # 不认可: a leader did not sign what was brought as signed
    SEND_BACK = "send_back"  # 退回, by a reviewer
    DELIVER = "deliver"  # 报送, by the service itself
    ACCEPT = "accept"  # 接收
    RETURN_FORM = "return_form"  # 退回, by finance


class By(StrEnum):
    """In which role somebody acts; `system` is the service itself."""

    CONTACT = "contact"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"
    FINANCE = "finance"
    COLLEAGUE = "colleague"
    SYSTEM = "system"


MOVES: Mapping[tuple[FormState, Act, By], FormState] = {
    (FormState.DRAFTING, Act.SEND_IN, By.CONTACT): FormState.IN_REVIEW,
    (FormState.IN_REVIEW, Act.WITHDRAW, By.CONTACT): FormState.DRAFTING,
    (FormState.IN_REVIEW, Act.SEND_BACK, By.REVIEWER): FormState.DRAFTING,
    (FormState.IN_REVIEW, Act.APPROVE, By.REVIEWER): FormState.APPROVED,
    (FormState.IN_REVIEW, Act.SIGN_BY_HAND, By.CONTACT): FormState.APPROVED,
    (FormState.IN_REVIEW, Act.DISOWN, By.REVIEWER): FormState.DRAFTING,
    (FormState.APPROVED, Act.DISOWN, By.REVIEWER): FormState.DRAFTING,
    (FormState.DELIVERED, Act.DISOWN, By.REVIEWER): FormState.DRAFTING,
    (FormState.APPROVED, Act.DELIVER, By.SYSTEM): FormState.DELIVERED,
    (FormState.DELIVERED, Act.ACCEPT, By.FINANCE): FormState.ACCEPTED,
    (FormState.DELIVERED, Act.RETURN_FORM, By.FINANCE): FormState.DRAFTING,
}


def after(state: FormState, act: Act, by: By) -> FormState | None:
    """The state that follows, or None where the act is not possible."""
    return MOVES.get((state, act, by))


def may(act: Act, by: By) -> bool:
    """Whether the role can do this act in any state at all."""
    return any(move[1:] == (act, by) for move in MOVES)
