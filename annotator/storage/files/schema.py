"""Checking a tree against one of the JSON Schemas, with sentences for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotator.core.errors import FormatError
from annotator.storage.shipped.resources import schema_path
from annotator.storage.yaml.tree import Path, Tree

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

MOST = 1000

ErrorAt = tuple[Path, str, str]
"""Where in the tree, what is wrong, what was expected."""


def schema_errors(tree: Tree, schema: str, name: str) -> list[FormatError]:
    """Where the tree of the file ``name`` leaves the schema, in the order of lines.

    ``schema`` is the name of a file of schemas/, as ``annotation.schema.json``. Of a file
    that is another thing altogether, no more than `MOST` errors are given.
    """
    violations = _validator(schema).iter_errors(tree.value)
    errors = (one for violation in violations for one in _errors(violation, tree, schema))
    found = [FormatError(name, tree.line(path), *what) for path, *what in islice(errors, MOST)]
    return sorted(found, key=lambda error: error.line)


@cache
def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(schema_path(name).read_bytes())
    return loaded


@cache
def _validator(name: str) -> Draft202012Validator:
    # Loaded here, since the files that this program wrote itself are read without it.
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(_schema(name))


def _errors(error: ValidationError, tree: Tree, schema: str) -> Iterator[ErrorAt]:
    path = tuple(error.instance_path)
    where = _rule_at(_schema(schema), path)
    if error.kind.name == "additionalProperties":
        for key in error.kind.value:
            yield (*path, key), *_unknown_key(key, where)
    elif error.kind.name == "falseSchema":
        yield path, *_no_place(error, tree, _schema(schema))
    else:
        say = _SENTENCES.get(error.kind.name)
        label = _label(path)
        yield path, *(say(label, error, where) if say else (f"{label}: {error.message}", ""))


def _no_place(error: ValidationError, tree: Tree, schema: dict[str, Any]) -> tuple[str, str]:
    """A key that this number of the format does not have yet, or not on this kind."""
    *path, key = error.instance_path
    rule, *where = error.schema_path
    condition = schema[rule][where[0]]["if"]["properties"] if rule == "allOf" else {}
    if "format" in condition:
        family, _, number = condition["format"]["enum"][-1].partition("/")
        needed = f"{family}/{int(number) + 1}"
        return f"'{key}' needs format {needed}", f"'format: {needed}'"
    kind = _value_at(tree, tuple(path))["kind"]
    article = "an" if kind == "attribution" else "a"
    return f"'{key}' does not belong to {article} {kind}", ""


def _value_at(tree: Tree, path: Path) -> Any:
    value = tree.value
    for step in path:
        value = value[step]
    return value


def _rule_at(schema: dict[str, Any], path: Path) -> dict[str, Any]:
    """What the schema says of the node at ``path``, its conditions left out."""
    rule = schema
    for step in path:
        known = rule.get("properties", {}).get(step) if isinstance(step, str) else rule.get("items")
        rule = _followed(schema, known or {})
    return rule


def _followed(schema: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    reference = rule.get("$ref", "").rpartition("/")[2]
    return {**schema["$defs"][reference], **rule} if reference else rule


def _unknown_key(key: str, rule: dict[str, Any]) -> tuple[str, str]:
    from difflib import get_close_matches

    known = list(rule.get("properties", {}))
    near = get_close_matches(key, known, n=1)
    hint = f", did you mean '{near[0]}'?" if near else ""
    return f"unknown key '{key}'{hint}", "" if near else f"one of {', '.join(known)}, or x-…"


def _label(path: Path) -> str:
    if not path:
        return "the file"
    last = path[-1]
    return last if isinstance(last, str) else _ITEMS.get(str(path[-2]), "an item")


_ITEMS = {
    "annotations": "an annotation",
    "spans": "a span",
    "mention": "a span of mention",
    "cue": "a span of cue",
    "content": "an id of content",
    "reviews": "a name in reviews",
    "decisions": "a decision",
    "comments": "a comment",
    "x-seen": "a name in x-seen",
    "answers": "an answer",
    "of": "an id of of",
    "sources": "a source",
    "aliases": "an alias",
}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping of keys"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…'"


_TYPES = {
    "string": "text (in quotation marks if need be)",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys",
}

_Sentence = Callable[[str, "ValidationError", dict[str, Any]], tuple[str, str]]


def _is(label: str, error: ValidationError, expected: str) -> tuple[str, str]:
    return f"{label} is {_shown(error.instance)}", expected


_SENTENCES: dict[str, _Sentence] = {
    "required": lambda label, error, _: (f"'{error.kind.value}' is missing in {label}", ""),
    "type": lambda label, error, _: _is(label, error, _TYPES[error.kind.value[0]]),
    "enum": lambda label, error, _: _is(label, error, _either(error.kind.value)),
    "const": lambda label, error, _: _is(label, error, str(error.kind.value)),
    "pattern": lambda label, error, rule: _is(label, error, _such_as(rule)),
    "minimum": lambda label, error, _: _is(label, error, f"{error.kind.value} or more"),
    "maximum": lambda label, error, _: _is(label, error, f"{error.kind.value} or less"),
    "minLength": lambda label, _, __: (f"{label} is empty", "some text"),
    "minProperties": lambda label, _, __: (f"{label} is empty", "at least one item"),
    "propertyNames": lambda label, _, __: (
        f"{label} has a key that is no language",
        "a code as ko or pt-BR",
    ),
    "minItems": lambda label, _, __: (f"{label} is empty", "at least one item"),
    "uniqueItems": lambda label, _, __: (f"{label} names something twice", "each once"),
}


def _either(options: list[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}"


def _such_as(rule: dict[str, Any]) -> str:
    shown = rule.get("examples") or [rule.get("pattern", "another value")]
    return f"something like {shown[0]}"
