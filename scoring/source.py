"""YAML text read with exact decimals and the line on which everything stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import yaml

from scoring.syntax import syntax_words
from scoring.wording import say

Path = tuple[str | int, ...]
DEPTH = 30
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = "tag:yaml.org,2002:"
_BOOL, _NULL, _INT, _FLOAT = (_TAGS + name for name in ("bool", "null", "int", "float"))
_TAG_ERRORS = (ValueError, KeyError, AttributeError, TypeError, ArithmeticError)


class _ExactLoader(_Base):  # type: ignore[misc]
    """Safe YAML in which a value is what it looks like to a person who fills in a form.

    Decimals are exact; days and telephone numbers with a leading 0 stay text (YAML 1.1 would
    read 0753 as an octal number); only true and false are yes/no values.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    _ExactLoader.add_implicit_resolver(tag, re.compile(pattern), list(first))


_resolve(_BOOL, r"^(?:true|True|false|False)$", "tTfF")
_resolve(_NULL, r"^(?:~|null|Null)$", "~nN")
_ExactLoader.add_implicit_resolver(_NULL, re.compile(r"^$"), [""])
_resolve(_INT, r"^[-+]?(?:0|[1-9][0-9]{0,30})$", "-+0123456789")
_resolve(_FLOAT, r"^[-+]?[0-9]{1,30}\.[0-9]{1,30}$", "-+0123456789")


def _exact_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_ExactLoader.add_constructor(_FLOAT, _exact_float)


class SourceError(Exception):
    """A file cannot be read as data: where (file, line) and why, as a sentence."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}:{line}: {problem}")
        self.name, self.line, self.problem = name, line, problem


@dataclass(frozen=True)
class Source:
    """Data of one file, and the line of each part of it.

    >>> source = read_source("demo.yaml", "a:\\n  - b: 1.50\\n")
    >>> source.data, source.line(("a", 0, "b"))
    ({'a': [{'b': Decimal('1.50')}]}, 2)
    """

    name: str
    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest part around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def part(self, path: Path) -> Any:
        """What stands at `path`; None where nothing does."""
        found = self.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def find(self, path: Path, scalar: object) -> Path:
        """The path of the first place at or below `path` that holds `scalar`; else `path`."""
        return next((p for p, value in _leaves(self.part(path), path) if value == scalar), path)


def _leaves(data: Any, path: Path) -> list[tuple[Path, Any]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in _leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for i, value in enumerate(data) for leaf in _leaves(value, (*path, i))]
    return [(path, data)]


def read_source(name: str, text: str) -> Source:
    """Reads YAML text. Raises SourceError naming file and line."""
    builder = _Builder(name)
    try:
        _guard(name, text)
        loader = _ExactLoader(text)
        try:
            node = loader.get_single_node()
            data = builder.build(loader, node, ()) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(name, line, syntax_words(error, text)) from error
    except yaml.YAMLError as error:
        raise SourceError(name, _bad_line(text), say("yaml_characters")) from error
    return Source(name, data, builder.lines)


def _guard(name: str, text: str) -> None:
    """Refuses what would exhaust the stack or memory: deep nesting, and aliases.

    Forms and standards need no aliases, and nested ones grow without bound.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise SourceError(name, line, say("yaml_alias"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise SourceError(name, line, say("yaml_too_deep"))


def _bad_line(text: str) -> int:
    """The line of the first character that YAML cannot hold."""
    bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text.count("\n", 0, bad.start()) + 1 if bad else 1


class _Builder:
    """Plain data from YAML nodes, noting the line of every part."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}

    def build(self, loader: Any, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(loader, n, (*path, i)) for i, n in enumerate(node.value)]
        return self._scalar(loader, node)

    def _mapping(self, loader: Any, node: yaml.MappingNode, path: Path) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise SourceError(self.name, line, say("yaml_key"))
            key = self._scalar(loader, key_node)
            if key in built:
                raise SourceError(self.name, line, say("yaml_key_twice", {"key": key}))
            self.lines[(*path, key)] = line
            built[key] = self.build(loader, value_node, (*path, key))
        return built

    def _scalar(self, loader: Any, node: yaml.Node) -> Any:
        try:
            return loader.construct_object(node, deep=True)
        # A tag that nobody knows, or a known one before something else, such as `!!int x`.
        except (yaml.constructor.ConstructorError, *_TAG_ERRORS) as error:
            line, tag = node.start_mark.line + 1, node.tag.replace(_TAGS, "!!")
            raise SourceError(self.name, line, say("yaml_tag", {"tag": tag})) from error
