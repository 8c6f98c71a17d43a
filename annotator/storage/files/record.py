"""One description of our files: which keys there are, where they stand, what they hold.

A `Record` is the table of the fields of one mapping. All that reads, writes or checks such a
mapping is made from it: the reader of YAML's values and of a journal's JSON, the writer, the
reader by patterns (see `canonical`), and the number of the format that a value needs. A new key
is a field of the frozen value, a line in its table, and its entry in the schema, which a test
holds against the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Any, Generic, TypeVar

from annotator.core.model import Extra, Kind
from annotator.storage.files.forms import X_KEYS, Form, as_it_is, json_items
from annotator.storage.yaml.tree import Path
from annotator.storage.yaml.writer import extra_in_flow, extra_lines

_T = TypeVar("_T")

RuleError = tuple[Path, str, str]
"""Where in the tree, what is wrong, what was expected."""


_Writer = tuple[str, Callable[[Any], str] | None, str, bool]
"""How a field is written, if it says something: start and end around its value in words.

A value that is false, as an empty text or 0, says something if the last one is true. (Named
tuples take five times as long to unpack.)
"""

CLAIMS_AND_QUOTES = {Kind.CLAIM: 1, Kind.QUOTE: 1}
ATTRIBUTIONS = {Kind.ATTRIBUTION: 1}


@dataclass(frozen=True, eq=False)
class Field:
    """A key of a mapping, and the ``form`` of its value.

    ``needed`` keys must stand there, ``always`` those that are written whatever they hold.
    ``since`` is the number of the format that first had the key; ``on`` names the kinds of
    annotation that may have it, each with such a number. ``beside`` names another key without
    which it may not stand, and with which it does if it is written ``always``. ``name`` is that
    of the frozen value's field, where that is not the key.
    """

    key: str
    form: Form | Listed[Any] | Nested[Any]
    needed: bool = False
    always: bool = False
    since: int = 1
    on: Mapping[Kind, int] | None = None
    beside: str = ""
    name: str = ""

    @property
    def attribute(self) -> str:
        """The field of the frozen value."""
        return self.name or self.key.replace("-", "_")

    @property
    def newest(self) -> int:
        """The highest number of the format that the field can come to need."""
        return max(self.since, self.form.newest, *(self.on or {}).values())

    def number(self, owner: Any) -> int:
        """The number of the format that this field of the mapping needs."""
        value = getattr(owner, self.attribute)
        if value is None or not (value or self.form.blank):
            return 1
        return max(self.since, self.form.number(value), self.on[owner.kind] if self.on else 1)


EXTRA = Field("x-", X_KEYS, name="extra")
"""Where the ``x-`` keys of a mapping are written, in the order in which they were read."""


class Record(Generic[_T]):
    """A mapping of our files, with its ``fields`` in the order in which they are written.

    It is written ``in_flow``, on one line, or in lines with an ``indent``. Of some there are
    ``many``, thousands in a file, for which more may be prepared.
    """

    def __init__(
        self,
        make: Callable[..., _T],
        *fields: Field,
        indent: str = "  ",
        in_flow: bool = False,
        many: bool = False,
    ) -> None:
        self.make, self.fields = make, fields
        self.indent, self.in_flow, self.many = indent, in_flow, many
        own = [field for field in fields if field is not EXTRA]
        self._readers = [(one.key, one.attribute, one.form.read) for one in own]
        self._from_json = {one.attribute: one.form.from_json for one in fields}
        names = tuple(self._from_json)
        self._is_row = getattr(make, "_fields", None) == names
        self._get = as_it_is if self._is_row else attrgetter(*names)
        self._writers = [self._writer(one) for one in fields]
        beside = [one.beside for one in fields]
        self._beside = beside if any(beside) else None
        self._nested = [one for one in own if not isinstance(one.form, Form)]
        self._newer = [one for one in own if one.newest > 1]

    # --- reading

    def read(self, raw: Mapping[str, Any]) -> _T:
        """The value of a mapping that YAML gave and the schema let through."""
        known = {name: read(raw[key]) for key, name, read in self._readers if key in raw}
        return self.make(**known, extra=extra_of(raw))

    def from_json(self, plain: Any) -> _T:
        """The value that stood in a journal; raises as `json_values`."""
        if self._is_row:
            pairs = zip(self._from_json.values(), json_items(plain), strict=True)
            return self.make(*(None if one is None else read(one) for read, one in pairs))
        return self.make(**self.json_values(plain))

    def json_values(self, plain: Mapping[str, Any]) -> dict[str, Any]:
        """Its fields by name.

        Raises `AttributeError`, `LookupError`, `TypeError` or `ValueError` for anything else.
        """
        return {name: self._from_json[name](value) for name, value in plain.items()}

    def rule_errors(self, path: Path, raw: Mapping[str, Any]) -> Iterator[RuleError]:
        """What is wrong in a mapping that the schema let through."""
        for field in self._nested:
            if field.key in raw:
                yield from field.form.rule_errors((*path, field.key), raw[field.key])  # type: ignore[union-attr]  # no plain form

    # --- writing

    def text(self, value: _T) -> str:
        """The mapping as it is written: its lines, or what stands inside its braces."""
        values = self._get(value)
        if self._beside:
            values = [
                one if not other or getattr(value, other) else None
                for one, other in zip(values, self._beside, strict=True)
            ]
        told = ""
        for one, (start, write, end, blank) in zip(values, self._writers, strict=False):
            if one or (blank and one is not None):
                told += f"{start}{write(one) if write else one}{end}"
        return told

    def items(self, values: Iterable[_T], indent: str = "") -> str:
        """The mappings as items of a list."""
        text = self.text
        if self.in_flow:
            return "".join([f"{indent}- {{{text(one)}}}\n" for one in values])
        return "".join([f"{indent}- {text(one).removeprefix(self.indent)}" for one in values])

    def _writer(self, field: Field) -> _Writer:
        form, blank = field.form, field.needed or field.always or field.form.blank
        if not isinstance(form, Form):
            return "", form.writer(self.indent, field.key), "", blank
        if field is EXTRA:
            written = extra_in_flow if self.in_flow else partial(extra_lines, indent=self.indent)
            return "", written, "", blank
        comma = ", " if self.in_flow and field is not self.fields[0] else ""
        start, end = (comma, "") if self.in_flow else (self.indent, "\n")
        if form.flag:
            line = f"{start}{field.key}: {form.write(False)}{end}"
            return "", lambda value: "" if value else line, "", blank
        return f"{start}{field.key}: ", None if form.write is str else form.write, end, blank

    # --- numbers of the format

    @property
    def newest(self) -> int:
        """The highest number of the format that any of its fields can come to need."""
        return max((field.newest for field in self._newer), default=1)

    def number(self, value: _T) -> int:
        """The lowest number of the format that can hold the value."""
        return max((field.number(value) for field in self._newer), default=1)


def extra_of(raw: Mapping[str, Any]) -> Extra:
    """The ``x-`` keys of a mapping, in its order."""
    return tuple((key, value) for key, value in raw.items() if key.startswith("x-"))


@dataclass(frozen=True, eq=False)
class Once:
    """A key whose value no two items of a list may share, and the sentence where two do."""

    key: str
    what: str
    expected: str


class Listed(Generic[_T]):
    """A list of mappings, an item a line or more; kept in ``order``, if it has one of its own."""

    blank = False

    def __init__(
        self,
        record: Record[_T],
        *,
        once: Once | None = None,
        order: Callable[[_T], Any] | None = None,
    ) -> None:
        self.record, self.once, self.order = record, once, order
        self.newest = record.newest

    def read(self, raw: Iterable[Mapping[str, Any]]) -> tuple[_T, ...]:
        """The values of a list that YAML gave and the schema let through."""
        found = map(self.record.read, raw)
        return tuple(sorted(found, key=self.order) if self.order else found)

    def from_json(self, plain: Any) -> tuple[_T, ...]:
        """The values that stood in a journal; raises as `Record.json_values`."""
        return tuple(map(self.record.from_json, json_items(plain)))

    def rule_errors(self, path: Path, raw: Iterable[Mapping[str, Any]]) -> Iterator[RuleError]:
        """What is wrong in a list that the schema let through."""
        seen = set[str]()
        for nth, one in enumerate(raw):
            if self.once:
                stated = one[self.once.key]
                if stated in seen:
                    what = self.once.what.format(stated)
                    yield (*path, nth, self.once.key), what, self.once.expected
                seen.add(stated)
            yield from self.record.rule_errors((*path, nth), one)

    def writer(self, indent: str, key: str) -> Callable[[Any], str]:
        """Writes the list under its key."""
        items, start, empty = self.record.items, f"{indent}{key}:\n", f"{indent}{key}: []\n"
        return lambda values: f"{start}{items(values, indent)}" if values else empty

    def number(self, values: Iterable[_T]) -> int:
        """The lowest number of the format that can hold the values."""
        return max(map(self.record.number, values), default=1) if self.newest > 1 else 1

    def sound(self, values: tuple[_T, ...]) -> bool:
        """Whether values that were read by a pattern have none of the `rule_errors`."""
        return True


class SpansListed(Listed[_T]):
    """A list of spans, which run forwards."""

    def rule_errors(self, path: Path, raw: Iterable[Mapping[str, Any]]) -> Iterator[RuleError]:
        """What is wrong in it: spans without words, or before the end of the last one."""
        spans = list(raw)
        for nth, span in enumerate(spans):
            if span["end"] <= span["start"]:
                yield (*path, nth), f"the span ends at {span['end']}", f"after {span['start']}"
        for nth, (one, following) in enumerate(pairwise(spans), start=1):
            if following["start"] < one["end"]:
                what = f"the span starts at {following['start']}"
                yield (*path, nth), what, f"{one['end']} or more, after the one before it"

    def sound(self, values: tuple[Any, ...]) -> bool:
        """Whether spans that were read by a pattern have none of these."""
        if len(values) == 1:  # as nearly always
            return bool(values[0][0] < values[0][1])
        forwards = all(span[0] < span[1] for span in values)
        return forwards and all(one[1] <= following[0] for one, following in pairwise(values))


class Nested(Generic[_T]):
    """A mapping below its key."""

    blank = False

    def __init__(self, record: Record[_T]) -> None:
        self.record = record
        self.read, self.from_json = record.read, record.from_json
        self.rule_errors, self.number, self.newest = (
            record.rule_errors,
            record.number,
            record.newest,
        )

    def writer(self, indent: str, key: str) -> Callable[[Any], str]:
        """Writes the mapping under its key."""
        text, start = self.record.text, f"{indent}{key}:\n"
        return lambda value: f"{start}{text(value)}"
