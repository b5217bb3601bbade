"""The guides are true: commands, files, names, settings and lists in docs/ exist as they say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
import pytest

import bot.acts
from bot.cli import main
from bot.lifecycle import Act, FormState
from bot.metrics import Metrics
from bot.settings import FILE_VARIABLE, Settings
from dialogs.targets import find
from dialogs.understand.command import SPELLINGS, read_command
from scoring.checks import KINDS as FINDINGS
from scoring.loading import load
from scoring.questionnaire import Form, Kind
from scoring.rules import KINDS as RULES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
# What is said at the desks of reviewers and finance, with the guide that must name it.
AT_DESKS = {"approve": "审核人.md", "waiting": "审核人.md", "accept": "财政.md"}

_COMMAND = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?jixiao((?: +[a-z][a-z-]*(?![\w./-]))+)(.*)")
_CODE = re.compile(r"`([^`\n]+)`")
_NAME_IN = re.compile(r"`([A-Za-z_]\w*)`\s+in\s+`([\w/.]+\.py)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_CELL = re.compile(r"^\| `([a-z_]+)`", re.M)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def ids(pages: Iterable[Path]) -> list[str]:
    return [path.name for path in pages]


# ---- what people can say ----


@pytest.mark.parametrize("name", sorted(set(SPELLINGS) - set(AT_DESKS)))
def test_contacts_are_told_every_command(name: str) -> None:
    assert f"「{SPELLINGS[name][0]}」" in page("填报人.md")


@pytest.mark.parametrize(("name", "guide"), AT_DESKS.items())
def test_desks_are_told_their_commands(name: str, guide: str) -> None:
    assert f"“{SPELLINGS[name][0]}”" in page(guide)


def test_examples_of_corrections_lead_to_one_question() -> None:
    standard = load("meijiang-2021")
    examples = re.findall(r"`(修改 [^`\n]+|[^`\n]+改成[^`\n]+)`", page("填报人.md"))
    assert len(examples) >= 3
    for example in examples:
        command = read_command(example)
        assert command is not None
        assert command.name in ("edit", "set")
        assert len({t.question.id for t in find(standard, command.target)}) == 1, example


# ---- the command line, settings, metrics ----


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_named_commands_exist(path: Path) -> None:
    for words, rest in _COMMAND.findall(path.read_text(encoding="utf-8")):
        command: click.Command = main
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            found = command.get_command(click.Context(command), word)
            assert found is not None, f"jixiao{words}"
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        known |= {o for p in command.params for o in p.secondary_opts} | {"--help"}
        used = re.findall(r"--[a-z-]+", rest.split("`")[0])
        assert set(used) <= known, f"jixiao{words}"


def test_commands_are_found_at_all() -> None:
    found = {w.split()[0] for p in PAGES for w, _ in _COMMAND.findall(p.read_text("utf-8"))}
    assert {"serve", "selftest", "district", "db", "outbox", "standard", "score"} <= found


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_named_settings_exist(path: Path) -> None:
    known = {f"JIXIAO_{name.upper()}" for name in Settings.model_fields} | {FILE_VARIABLE}
    assert set(re.findall(r"JIXIAO_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))) <= known


def test_named_metrics_exist() -> None:
    named = set(re.findall(r"`(jixiao_[a-z_]+)`", page("运维.md")))
    shown = set(re.findall(r"# TYPE (\w+)", Metrics().text().decode()))
    assert named
    assert named <= shown


# ---- files, names, links ----


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_named_files_exist(path: Path) -> None:
    rooms = {entry.name for entry in ROOT.iterdir() if entry.is_dir()} - {"docs", "var"}
    for code in _CODE.findall(path.read_text(encoding="utf-8")):
        if re.fullmatch(r"[\w.-]+(/[\w.-]*)+", code) and code.split("/")[0] in rooms:
            assert (ROOT / code).exists(), code


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_names_stand_in_their_files(path: Path) -> None:
    for name, file in _NAME_IN.findall(path.read_text(encoding="utf-8")):
        source = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:class |def |async def )?{name}\b", source, re.M), f"{name}: {file}"


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=ids(sorted(DOCS.glob("*.md"))))
def test_links_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


# ---- lists that must be whole ----


def test_every_rule_kind_has_its_line() -> None:
    assert _CELL.findall(page("howto-rule-kind.md")) == list(RULES)


def test_every_finding_kind_has_its_line() -> None:
    assert _CELL.findall(page("howto-finding.md")) == list(FINDINGS)


def test_every_type_and_form_has_its_line() -> None:
    assert _CELL.findall(page("howto-question-type.md")) == [*Kind, *Form]


def test_every_act_has_its_line_and_file() -> None:
    text = page("howto-act.md")
    assert set(_CELL.findall(text)) == set(Act)
    files = {path.name for path in Path(bot.acts.__path__[0]).glob("*.py")}
    assert all(f"`bot/acts/{name}`" in text for name in files - {"__init__.py"})


@pytest.mark.parametrize("word", [*RULES, *FINDINGS, *Act, *FormState])
def test_glossary_has_it(word: str) -> None:
    assert f"`{word}`" in page("glossary.md")
