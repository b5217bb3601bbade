"""Rules of the whole house that no single room can hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.catalogue import read

ROOT = Path(__file__).parents[1]
ROOMS = ("scoring", "dialogs", "reports", "storage", "bot", "emulator")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"}


def sources(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of the nodes that are docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # A string that stands as a statement is documentation, wherever it stands.
            found |= {id(part.value) for part in body if isinstance(part, ast.Expr)}
    return found


def chinese(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Chinese string literals outside docstrings: line and text."""
    documented = docstrings(tree)
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documented and HAN.search(node.value):
            yield node.lineno, node.value


def clock_reads(tree: ast.Module) -> Iterator[int]:
    """Lines that import a clock module or call a method that reads the clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            modules = names if isinstance(node, ast.Import) else [node.module or ""]
            if "time" in modules:
                yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            owner_name = getattr(owner, "id", getattr(owner, "attr", ""))
            if node.func.attr in CLOCKS and owner_name in ("datetime", "date", "time"):
                yield node.lineno


def outside_lexicons() -> list[Path]:
    return [p for p in sources(*ROOMS) if "understand" not in p.relative_to(ROOT).parts]


def test_sentences_stand_in_catalogues() -> None:
    """What is said to people is not written in code; only the lexicons know Chinese words."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in outside_lexicons()}
    found = {name_of(path): list(chinese(tree)) for path, tree in trees.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_ground_and_first_floor_read_no_clock() -> None:
    paths = sources("scoring", "dialogs")
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    found = {name_of(path): list(clock_reads(tree)) for path, tree in trees.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_scans_see_what_they_look_for() -> None:
    tree = ast.parse(
        '"""文档。"""\nimport time\nfrom datetime import datetime\n'
        'WORDS = "中文"\nf"{WORDS}字"\nlater = datetime.now()\n'
    )
    assert [line for line, _ in chinese(tree)] == [4, 5]
    assert list(clock_reads(tree)) == [2, 6]


def test_no_file_is_too_long() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(*ROOMS)
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}


CATALOGUES = sorted(
    [*ROOT.glob("*/phrases.yaml"), *ROOT.glob("*/phrases/*.yaml"), *ROOT.glob("bot/*/phrases.yaml")]
)
QUOTED = re.compile(r"""["']([a-z0-9_]+)["']""")
MADE = re.compile(r"""(?:\bf["']([a-z0-9_]+_)\{|\}(_[a-z_]+)["']|'([a-z_]+_)' ~)""")


def codes_said() -> tuple[set[str], tuple[str, ...], tuple[str, ...]]:
    """What code and templates name: whole codes, and the beginnings and ends of those they make."""
    files = [*sources(*ROOMS), *sorted((ROOT / "bot" / "web").rglob("*.html"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    made = MADE.findall(text)
    begin = {first or third for first, _, third in made} - {"", "refused_"}
    return set(QUOTED.findall(text)), tuple(begin), tuple({end for _, end, _ in made} - {""})


@pytest.mark.parametrize("path", CATALOGUES, ids=name_of)
def test_every_sentence_is_said_somewhere(path: Path) -> None:
    plain = read(path.read_text(encoding="utf-8"))
    quoted, begin, end = codes_said()
    unsaid = [
        code
        for code in plain.get("sentences", plain)
        if code.removeprefix("refused_") not in quoted
        and code not in quoted
        and not code.startswith(begin)
        and not code.endswith(end)
    ]
    assert unsaid == []
