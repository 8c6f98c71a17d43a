"""What stands in a line of *Who says what*: words, quiet words and badges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from annotator.core.chains.who_says import SINGLE_ORIGIN, Heading, Said, Voice, nested_in
from annotator.core.display_text import one_line
from annotator.core.model import Annotation, Stance
from annotator.core.sources import Registry, SourceColour
from annotator.core.tagging import Tagging
from annotator.ui.theme import MARKS


class Line(NamedTuple):
    """One line: a heading where ``mark`` is empty, else something said."""

    words: str
    quiet: str = ""
    badges: tuple[str, ...] = ()
    mark: str = ""
    depth: int = 0
    is_source: bool = True
    has_heading: bool = True
    whole: str = ""
    spoken: str = ""
    colour: SourceColour | None = None

    @property
    def plain(self) -> str:
        """The line as far as it does not hang on the lines around it."""
        return f"{self.mark} {self.words}".strip()

    @property
    def text(self) -> str:
        """The whole line as one reads it."""
        return " ".join(filter(None, (self.mark, self.words, self.quiet, *self.badges)))


def heading_line(
    heading: Heading, all_said: Iterable[Said], registry: Registry, folded: int
) -> Line:
    """Who says it: the name, through whom, and what to think of beside it.

    ``folded`` is how many lines are hidden below it.
    """
    whole, source = heading.label(registry), registry.by_id.get(heading.source or "")
    badges = source.caveats if source else ()
    if all(_has_single_origin(said) for said in all_said):
        badges += (SINGLE_ORIGIN,)
    if folded:
        badges += (f"{folded:,}",)
    spoken = ", ".join((whole, *badges))
    return Line(
        *heading.parts(registry),
        badges,
        is_source=heading.voice is Voice.SOURCE,
        whole=whole,
        spoken=spoken,
        colour=registry.colour(heading.source),
    )


def entry_line(
    tagging: Tagging,
    annotation: Annotation,
    said: Said,
    quiet: str,
    in_group: Callable[[Annotation], bool],
) -> Line:
    """What is said, deeper where it lies in something that the same group holds."""
    stance = next(filter(None, said.values()), None)
    badges = (str(stance),) if stance and stance is not Stance.REPORTS else ()
    words = one_line(annotation.words)
    return Line(
        words,
        quiet,
        badges,
        MARKS[annotation.kind],
        _depth(tagging, annotation, in_group),
        whole=one_line(annotation.words, 1000),
        spoken=", ".join(filter(None, (f"{annotation.kind} {words}", quiet, *badges))),
    )


def speakers(headings: Iterable[Heading], registry: Registry) -> str:
    """All who say one thing."""
    return ", ".join(heading.label(registry) for heading in headings)


def _has_single_origin(said: Said) -> bool:
    """Whether something came to the article in steps or by several, and yet from one source."""
    origins = {heading.origin for heading in said}
    return len(origins) == 1 and (len(said) > 1 or any(heading.relays for heading in said))


def _depth(tagging: Tagging, annotation: Annotation, in_group: Callable[[Annotation], bool]) -> int:
    depth, outer = 0, nested_in(tagging, annotation)
    while outer:
        depth += in_group(outer)
        outer = nested_in(tagging, outer)
    return depth
