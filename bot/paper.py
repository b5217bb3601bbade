"""Whether a form still waits for its sealed paper (待盖章), by the installation's settings."""

from __future__ import annotations

from dataclasses import replace

from bot.lifecycle import FormState
from bot.settings import Settings
from dialogs.case import FormView
from storage.interviews import Standing

WITH_FINANCE = (FormState.DELIVERED, FormState.ACCEPTED)


def needs_seal(settings: Settings, standing: Standing) -> bool:
    """Whether the version at finance lacks its sealed paper; never where none is asked for."""
    return (
        settings.paper_required
        and standing.state in WITH_FINANCE
        and standing.unsealed
    )  # fmt: skip


def with_paper(settings: Settings, standing: Standing, form: FormView) -> FormView:
    """The view of a form with what is to be said of its sealed paper."""
    return replace(
        form,
        paper=settings.paper_required,
        needs_seal=needs_seal(settings, standing),
        seal_decides=settings.paper_required and settings.deadline_met_by == "sealed",
    )
