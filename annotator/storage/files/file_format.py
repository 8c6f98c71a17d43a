"""What the three kinds of file have in common: a name and number, a schema, a table of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.core.errors import FormatError, NewerFormat
from annotator.storage.files.record import Record
from annotator.storage.files.schema import schema_errors
from annotator.storage.yaml.reader import read_tree
from annotator.storage.yaml.tree import Tree

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class FileFormat(Generic[_T]):
    """A kind of file: its ``family`` as ``source-attribution``, its schema, its outermost mapping.

    Each number of the format has all keys of the one before. A file says the lowest number that
    can hold it, so that a program that knows no other can go on reading what it understands.
    """

    family: str
    schema: str
    record: Record[_T]

    @property
    def newest(self) -> str:
        """The format with the highest number that this program knows."""
        return f"{self.family}/{self.record.newest}"

    def text(self, value: _T) -> str:
        """The whole file."""
        return f"{self.line(value)}{self.record.text(value)}"

    def line(self, value: _T) -> str:
        """The line at the top of the file, with the lowest number that can hold it."""
        return f"format: {self.family}/{self.record.number(value)}\n"

    def parse(self, data: bytes, name: str) -> tuple[_T, Tree]:
        """The value in the bytes of the file ``name``, and its tree; raises the first error."""
        tree = read_tree(data, name)
        for error in self.tree_errors(tree, name):
            raise error
        return self.record.read(tree.value), tree

    def errors(self, data: bytes, name: str) -> list[FormatError]:
        """Everything in which the bytes of the file ``name`` break the format, by line."""
        try:
            return self.tree_errors(read_tree(data, name), name)
        except FormatError as error:
            return [error]

    def tree_errors(self, tree: Tree, name: str) -> list[FormatError]:
        """As `errors`, of a tree that was read already."""
        if other := other_format(tree, self.newest, name):
            return [other]
        if found := schema_errors(tree, self.schema, name):
            return found
        errors = self.record.rule_errors((), tree.value)
        return [FormatError(name, tree.line(path), *what) for path, *what in errors]


def other_format(tree: Tree, newest: str, name: str) -> FormatError | None:
    """The refusal of a file in another format than ``newest``, as ``source-attribution/2``, or
    one with a lower number.

    It is the only error of such a file: what else it holds follows other rules.
    """
    stated = tree.value.get("format", "") if isinstance(tree.value, dict) else newest
    family, _, number = newest.partition("/")
    if stated in [f"{family}/{known}" for known in range(1, int(number) + 1)]:
        return None
    found = re.fullmatch(rf"{family}/(\d{{1,9}})", str(stated))
    line = tree.line(("format",))
    if found and int(found[1]) > int(number):
        what = f"a newer program wrote this file (format {stated}); update this program to open it"
        return NewerFormat(name, line, what)
    is_text = isinstance(stated, str) and stated
    what = f"format is '{stated:.60}'" if is_text else "'format' is missing"
    return FormatError(name, line, what, f"'format: {family}/1'")
