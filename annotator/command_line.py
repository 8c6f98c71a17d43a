"""What the command line is made of: how words become commands, paths and formats."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from annotator.formats.format import Format

    _FormatType = click.ParamType[Format]
else:
    _FormatType = click.ParamType

_MOST_NAMES = 2000
"""Names in a folder among which a misspelled one is looked for."""


class Program(click.Group):
    """A group whose command is ``open`` where the first argument names no other one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        completes_first = ctx.resilient_parsing and not args
        if completes_first or (args and args[0] in {*self.commands, "--version", "--help"}):
            return super().parse_args(ctx, args)
        if args and not ctx.resilient_parsing:
            self._refuse_unknown(ctx, args[0])
        return super().parse_args(ctx, ["open", *args])

    def _refuse_unknown(self, ctx: click.Context, word: str) -> None:
        """Here rather than in ``open``, which would first complain of another command's options."""
        if word.startswith("--"):
            self._refuse_unknown_option(ctx, word.partition("=")[0])
        elif word and not word.startswith("-") and not os.path.lexists(word):
            hint = did_you_mean(word, (*self.commands, *names_beside(word)))
            ctx.fail(f"There is no file, folder or command {click.format_filename(word)}.{hint}")

    def _refuse_unknown_option(self, ctx: click.Context, name: str) -> None:
        known = ["--", *(form for one in self._own_options(ctx) for form in one.opts)]
        if name not in known:
            raise click.NoSuchOption(name, possibilities=get_close_matches(name, known), ctx=ctx)

    def _own_options(self, ctx: click.Context) -> list[click.Option]:
        """The options of ``open`` count as the program's own."""
        own = (*self.commands["open"].params, *self.get_params(ctx))
        return [one for one in own if isinstance(one, click.Option)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Those of ``open`` as well, then the commands."""
        options = self._own_options(ctx)
        records = [record for one in options if (record := one.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(records)
        self.format_commands(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, options and paths: a path alone is opened."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            also = self.commands["open"].shell_complete(ctx, incomplete)
            return list({item.value: item for item in (*also, *found)}.values())
        # First, since bash forgets what it was given before.
        return [CompletionItem(incomplete, type="file"), *found]


def say(sentence: str) -> None:
    """Write a sentence for people; nothing in it, as the name of a file, steers the terminal."""
    from annotator.core.display_text import escaped

    click.echo(escaped(sentence), err=True)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that offers the ``known`` words most like a misspelled one; empty without any."""
    by_lower = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), by_lower, n=3)
    offered = " or ".join(click.format_filename(by_lower[one]) for one in close)
    return f" Did you mean {offered}?" if close else ""


def names_beside(word: str) -> Iterator[str]:
    """The paths that a misspelled one may stand for: those in its folder, in the same form."""
    folder, _ = os.path.split(word)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, _MOST_NAMES)]
    except (OSError, ValueError):
        return
    yield from (os.path.join(folder, one) for one in sorted(names))  # noqa: PTH118  as written


class GivenPath(click.Path):
    """A path to something; a misspelled one is refused with those that resemble it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.path.lexists(value) and (hint := did_you_mean(value, names_beside(value))):
            self.fail(f"There is no {click.format_filename(value)} here.{hint}", param, ctx)
        return super().convert(value, param, ctx)


class FormatName(_FormatType):
    """The name of a format, looked up in the table only when it is needed."""

    name = "format"

    def __init__(self, way: str) -> None:
        self._way = way

    def forms(self) -> dict[str, Format]:
        """The formats of the table that go this way, out or in."""
        from annotator.formats.table import readable, writable

        return {form.name: form for form in (writable() if self._way == "out" else readable())}

    def tell(self, form: Format) -> str:
        """What the help says of a format; going out, also what it cannot carry."""
        kinds = f"{form.title} ({', '.join(form.suffixes)})"
        lost = f"; without {', '.join(form.loses)}" if form.loses and self._way == "out" else ""
        extra = f"; needs the extra [{form.extra}]" if form.extra else ""
        return f"{kinds}{lost}{extra}"

    def convert(
        self, value: str | Format, param: click.Parameter | None, ctx: click.Context | None
    ) -> Format:
        if not isinstance(value, str):
            return value
        forms = self.forms()
        if value not in forms:
            hint, known = did_you_mean(value, forms), ", ".join(forms)
            self.fail(f"There is no format {value}.{hint} The formats are {known}.", param, ctx)
        return forms[value]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        forms = self.forms().values()
        return [
            CompletionItem(one.name, help=one.title)
            for one in forms
            if one.name.startswith(incomplete)
        ]


class Exchange(click.Command):
    """A command whose help lists the formats of the table."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        (names,) = (one.type for one in self.params if isinstance(one.type, FormatName))
        with formatter.section("Formats"):
            formatter.write_dl([(one.name, names.tell(one)) for one in names.forms().values()])
