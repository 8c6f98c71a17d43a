"""Finding words in an article, and tagging all that was found in one step.

Text is compared character by character, so that offsets never shift. Where case and accents
are folded, marks that stand as characters of their own are passed over: "citta" finds "città"
however that is written, and so does "CITTÀ". No hit ever begins or ends inside a grapheme: "e"
does not find the first half of a decomposed "é" when accents count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from annotator.core.change import Change, added
from annotator.core.errors import EditRefused
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Kind
from annotator.core.sources import WORD_EDGE, fold
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.text.boundaries import trim
from annotator.core.text.graphemes import is_edge

Range = tuple[int, int]

_TYPEWRITTEN = str.maketrans("’‘ʼ“”„«»", '\'\'\'"""""')
_FIRST_ACCENT = 10
"""Combining classes below are no accents: nuktas and viramas change the letter itself."""


class FoldedText:
    """A text with what searches need of it, computed once and kept as long as the text is shown.

    ``folded`` has the length of ``text``; ``accents`` are the combining accents in it.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text without case and accents, with typewriter quotes and apostrophes."""
        letters = "".join(set(self.text))
        plain = fold(letters).translate(_TYPEWRITTEN)
        return self.text.translate(str.maketrans(letters, plain))

    @cached_property
    def accents(self) -> str:
        """The combining accents that stand in the text as characters of their own."""
        return "".join(filter(_is_accent, set(self.text)))


def _is_accent(char: str) -> bool:
    return unicodedata.combining(char) >= _FIRST_ACCENT


def find(
    text: str | FoldedText, wanted: str, *, fold_case: bool = True, whole_word: bool = False
) -> Iterator[Range]:
    """The ranges of code points where ``wanted`` stands, in text order, none overlapping.

    ``fold_case`` passes over case and accents, and takes any blanks of a line for each other;
    ``whole_word`` asks for words as `Registry.mentions` does. Blanks at the edges of
    ``wanted`` count; blanks alone, or nothing, are found nowhere.
    """
    searched = text if isinstance(text, FoldedText) else FoldedText(text)
    pattern = _folded_pattern(searched, wanted) if fold_case else re.escape(wanted)
    if not pattern or not wanted.strip():
        return
    if whole_word:
        pattern = f"(?={pattern}){WORD_EDGE}{pattern}{WORD_EDGE}"
    for hit in re.finditer(pattern, searched.folded if fold_case else searched.text):
        start, end = hit.span()
        splits_word = whole_word and start and _is_accent(searched.text[start - 1])
        if not splits_word and is_edge(searched.text, start) and is_edge(searched.text, end):
            yield start, end


def _folded_pattern(searched: FoldedText, wanted: str) -> str:
    letters = [char for char in FoldedText(wanted).folded if not _is_accent(char)]
    marks = f"[{re.escape(searched.accents)}]*" if searched.accents else ""
    blank = rf"[^\S\n]{marks}"
    return "".join(blank if char.isspace() else re.escape(char) + marks for char in letters)


def already_tagged(
    tagging: Tagging, kind: Kind | None, source: str | None, hit: Range
) -> Annotation | None:
    """The annotation that has exactly the words of ``hit``, if there is one of that sort.

    None for ``kind`` or ``source`` means any.
    """
    for annotation in tagging.between(*hit):
        there = len(annotation.spans) == 1 and (annotation.start, annotation.end) == hit
        same_kind = kind is None or annotation.kind is kind
        if there and same_kind and (source is None or annotation.source == source):
            return annotation
    return None


def remaining(
    tagging: Tagging,
    article: Article,
    kind: Kind,
    hits: Iterable[Range],
    source: str | None = None,
    *,
    raw: bool = False,
) -> list[Range]:
    """The words of ``hits``, trimmed as a tag would be, that are not tagged so already."""
    trimmed = dict.fromkeys(hit if raw else trim(article.text, *hit) for hit in hits)
    with_words = (one for one in trimmed if one[0] < one[1])
    return [one for one in with_words if not already_tagged(tagging, kind, source, one)]


def tag_all(
    tagging: Tagging,
    article: Article,
    kind: Kind,
    hits: Sequence[Range],
    source: str | None = None,
    *,
    raw: bool = False,
) -> Change:
    """Tag each of ``hits`` that is not tagged so already, all in one step.

    Edges are trimmed unless ``raw``. Raises `EditRefused` when none remains.
    """
    if source is not None and kind is not Kind.ATTRIBUTION:
        raise EditRefused("Only an attribution has a source.")
    todo = remaining(tagging, article, kind, hits, source, raw=raw)
    if not todo:
        raise EditRefused("All of these words are tagged so already.")
    taken = {annotation.id for annotation in tagging}
    new: list[Annotation] = []
    for start, end in todo:
        spans = (article.span(start, end),)
        new.append(Annotation(id=new_id(kind, taken), kind=kind, spans=spans, source=source))
        taken.add(new[-1].id)
    label = f"Tag {kind}" if len(new) == 1 else f"Tag {len(new)} {kind}s"
    return Change(label, added(*new))
