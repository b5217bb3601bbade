"""The documents of the demo: made from their data, and fitting the reference case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reports.examples import final_accounts, last_year_report
from reports.reading.accounts import read_accounts
from reports.reading.found import same
from reports.reading.report import as_last_year, read_report
from scoring.standard import Standard
from scoring.values import Value

Example = Callable[[str], dict[str, Value]]


def test_the_accounts_say_what_the_reference_case_says(
    standard: Standard, examples: Path, example: Example
) -> None:
    brought = read_accounts(standard, (examples / "final-accounts.xlsx").read_bytes())
    effective = standard.effective(example("reference-case"))
    assert (len(brought.claims), brought.notes, brought.year) == (18, (), 2021)
    for claim in brought.claims:
        assert claim.certain, claim
        assert same(claim.value, effective[claim.fact]), claim


def test_last_years_report_gives_last_years_figures(
    standard: Standard, examples: Path, example: Example
) -> None:
    brought = read_report(standard, (examples / "last-year-report.docx").read_bytes())
    assert (brought.year, brought.department) == (2020, "梅州市梅江区科工商务局")
    assert brought.notes == ()
    moved = as_last_year(brought, standard)
    effective = standard.effective(example("reference-case"))
    certain = {claim.fact: claim.value for claim in moved.claims if claim.certain}
    assert len(certain) == 18
    assert all(same(value, effective[fact]) for fact, value in certain.items())
    assert certain["income_general_last_year"].plain() == "7455.69万元"
    assert certain["income_fund_last_year"].plain() == "2791.88万元"


def test_the_files_are_what_their_data_makes(examples: Path, standard: Standard) -> None:
    accounts = read_accounts(standard, final_accounts(examples))
    kept = read_accounts(standard, (examples / "final-accounts.xlsx").read_bytes())
    assert accounts == kept
    report = read_report(standard, last_year_report(examples))
    assert report == read_report(standard, (examples / "last-year-report.docx").read_bytes())
