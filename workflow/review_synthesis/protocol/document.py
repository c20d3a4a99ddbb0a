"""Read the file of a config with care: what YAML would take silently is refused with its line.

YAML lets the last of two equal keys win, reads ``010`` as 8, and lets a few lines of aliases stand
for more text than a machine holds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

LARGEST = 1_000_000  # bytes; a config is a few pages of text
TEXT, MERGED = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"
PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")


class DocumentError(ValueError):
    """Raised where a file is not a document that can only be read in one way."""


class _Loader(yaml.SafeLoader):
    """The safe loader, without what can be read in two ways."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node that is written where it stands."""
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise _wrong(event.start_mark, f"'*{event.anchor}' is an alias", "Write it out there.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Construct a mapping in which each key stands once."""
        seen: dict[str, yaml.Node] = {}
        for key, _ in node.value:
            if getattr(key, "tag", TEXT) not in (TEXT, MERGED):
                says = f"the name '{key.value}' would be read as another thing than text"
                raise _wrong(key.start_mark, says, f"Write '{key.value}' in quotation marks.")
            first = seen.setdefault(str(key.value), key)
            if first is not key:
                says = f"'{key.value}' stands on line {first.start_mark.line + 1} already"
                raise _wrong(key.start_mark, says, "Keep one of the two.")
        return super().construct_mapping(node, deep)

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """Construct a whole number that is written as people write it."""
        if not PLAIN_NUMBER.fullmatch(node.value):
            number = super().construct_yaml_int(node)
            says = f"'{node.value}' would be read as {number}"
            raise _wrong(node.start_mark, says, "Write the number in plain digits.")
        return int(node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)


def _wrong(mark: yaml.Mark, says: str, hint: str) -> DocumentError:
    return DocumentError(f"line {mark.line + 1}: {says}. {hint}")


def read_document(path: Path) -> dict[str, Any]:
    """The choices in a file. Raises ``DocumentError`` and ``OSError``."""
    size = path.stat().st_size
    if size > LARGEST:
        raise DocumentError(f"{path} holds {size:,} bytes: more than {LARGEST:,} is no config")
    try:
        found = yaml.load(path.read_text("utf-8-sig"), _Loader)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8: save it as UTF-8 and try again") from error
    except DocumentError as error:
        raise DocumentError(f"{path} {error}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        deep = isinstance(error, RecursionError)
        why = "it is nested too deeply" if deep else str(error)
        raise DocumentError(f"{path} cannot be read as YAML: {why}") from error
    if not isinstance(found, dict):
        raise DocumentError(
            f"{path} holds no choices: write each as  name: value , or bring back an earlier state "
            "of the file"
        )
    return found


def line_at(text: str, *place: str | int) -> int:
    """The line of a document, from 1, on which what is at a place begins: a key by its name."""
    node: Any = yaml.compose(text, yaml.SafeLoader)
    line = node.start_mark.line + 1
    for step in place:
        if isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            key, node = next(pair for pair in node.value if pair[0].value == step)
            line = key.start_mark.line + 1
    return int(line)
