"""YAML text read with exact decimals and the line on which everything stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

Path = tuple[str | int, ...]


class _ExactLoader(yaml.SafeLoader):
    """Safe YAML: exact decimals, no key twice, and only true and false are yes/no values."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_ExactLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|false|False)$"), list("tTfF")
)


def _exact_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)).replace("_", ""))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact_float)


class SourceError(Exception):
    """A file cannot be read as data: where (file, line) and why."""

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


def read_source(name: str, text: str) -> Source:
    """Reads YAML text. Raises SourceError naming file and line."""
    loader = _ExactLoader(text)
    lines: dict[Path, int] = {}
    try:
        node = loader.get_single_node()
        data = _build(loader, node, (), lines, name) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(name, line, str(error.problem)) from error
    except (yaml.YAMLError, ValueError, ArithmeticError) as error:
        raise SourceError(name, 1, str(error)) from error
    finally:
        loader.dispose()
    return Source(name, data, lines)


def _build(
    loader: yaml.SafeLoader, node: yaml.Node, path: Path, lines: dict[Path, int], name: str
) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        loader.flatten_mapping(node)
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)  # type: ignore[no-untyped-call]
            if key in built:
                raise SourceError(name, key_node.start_mark.line + 1, f"key written twice: {key}")
            lines[(*path, key)] = key_node.start_mark.line + 1
            built[key] = _build(loader, value_node, (*path, key), lines, name)
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, n, (*path, i), lines, name) for i, n in enumerate(node.value)]
    value = loader.construct_object(node, deep=True)  # type: ignore[no-untyped-call]
    return value.isoformat() if isinstance(value, date) else value
