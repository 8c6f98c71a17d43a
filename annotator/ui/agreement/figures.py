"""What the page on agreement shows, as tables of cells; how they look is painted elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePath

from annotator.core.display_text import count, escaped, shown_name
from annotator.core.model import Kind
from annotator.review.compare.agreement import Agreement, Overall, Pair
from annotator.review.compare.attributions import Aspect, Attribute
from annotator.review.compare.coefficients import Measure, Spread
from annotator.review.compare.differences import Difference
from annotator.review.compare.folders import ArticleComparison, Comparison, Counts
from annotator.review.compare.layers import Layer
from annotator.review.compare.pairing import Way
from annotator.ui.theme import MARKS


class CellLook(Enum):
    """How a cell tells its value: not at all, by the length of a bar, by depth of colour."""

    WORDS = 0
    BAR = 1
    HEAT = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is read, ``value`` (0 to 1) seen, ``tip`` says what was counted.

    ``deviation`` lies around the value; ``kind`` gives the hue, ``bad`` that of a problem. A
    cell that ought to have a value and has none is ``missing``; ``centred`` words are quiet.
    """

    text: str
    tip: str = ""
    look: CellLook = CellLook.WORDS
    value: float | None = None
    deviation: float = 0.0
    kind: Kind | None = None
    bad: bool = False
    missing: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first cell of a row is what the row is about."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Asked(Enum):
    """What pairs and articles can be looked at by; the value is what the window calls it."""

    EXACT = "F1, the same words"
    HALF = "F1, half of the words or more"
    OVERLAP = "F1, any overlap"
    ALPHA = "Krippendorff's alpha of the text"
    KAPPA = "Cohen's or Fleiss' kappa of the text"
    CONTENT = "Attributions found again"
    SOURCE = "… with the same source"
    CHAIN = "… with the same chain"


WAYS = {Asked.EXACT: Way.EXACT, Asked.HALF: Way.HALF, Asked.OVERLAP: Way.OVERLAP}
ASPECTS = {Asked.CONTENT: Aspect.CONTENT, Asked.SOURCE: Aspect.SOURCE, Asked.CHAIN: Aspect.CHAIN}
KINDS: dict[Kind | None, str] = {
    None: "all kinds",
    Kind.CLAIM: "claims",
    Kind.QUOTE: "quotes",
    Kind.ATTRIBUTION: "attributions",
}
HEADERS = {
    Asked.EXACT: "F1 exact",
    Asked.HALF: "F1 ≥ half",
    Asked.OVERLAP: "F1 overlap",
    Asked.ALPHA: "alpha",
    Asked.KAPPA: "kappa",
}


def layer(kind: Kind | None) -> Layer:
    """What the code points of the text are asked about a kind."""
    return Layer(kind.value) if kind else Layer.KINDS


def asked_of(agreement: Agreement, asked: Asked, kind: Kind | None) -> Spread | Measure:
    """The number over all annotators; a mean over their pairs comes with its deviation."""
    if asked in WAYS:
        return agreement.f1(WAYS[asked], kind)
    if asked in ASPECTS:
        return agreement.agrs(ASPECTS[asked])
    coefficient = agreement.alpha if asked is Asked.ALPHA else agreement.kappa
    return coefficient(layer(kind))


def asked_of_pair(agreement: Agreement, asked: Asked, kind: Kind | None, pair: Pair) -> Measure:
    """The number of two annotators; of attributions, how many of the first's the second has."""
    if asked in ASPECTS:
        return agreement.agr(*pair, ASPECTS[asked])
    pair = pair if pair in agreement.pairs else (pair[1], pair[0])
    if asked in WAYS:
        return agreement.score(pair, WAYS[asked], kind).f1
    coefficient = agreement.alpha if asked is Asked.ALPHA else agreement.kappa
    return coefficient(layer(kind), pair)


def measured(found: Measure | Spread, look: CellLook, kind: Kind | None = None) -> Cell:
    """A cell for a number, with what was counted, or with the reason why there is none."""
    if isinstance(found, Spread):
        cell = measured(found.mean, look, kind)
        deviation = found.deviation.value or 0.0
        if found.deviation.n < 2:
            return cell
        tip = f"{cell.tip}\nmean {found.mean}, deviation {found.deviation}"
        return replace(cell, deviation=deviation, tip=tip)
    if found.value is None:
        return _missing(found.why, look)
    shown = min(1.0, max(0.0, found.value))
    number = str(found).replace("0.", ".", 1)
    return Cell(number, escaped(found.counted), look, shown, kind=kind)


def _missing(why: str, look: CellLook) -> Cell:
    return Cell("n/a", f"n/a: {escaped(why)}", look, missing=True)


# The tables


def pairs(agreement: Agreement, asked: Asked, kind: Kind | None) -> Table:
    """Who agrees with whom: a row and a column for each annotator."""
    who = agreement.annotators
    rows = (
        (Cell(shown_name(one)), *(_pair(agreement, asked, kind, (one, other)) for other in who))
        for one in who
    )
    return Table(("", *map(shown_name, who)), tuple(rows))


def _pair(agreement: Agreement, asked: Asked, kind: Kind | None, pair: Pair) -> Cell:
    one, other = map(shown_name, pair)
    if pair[0] == pair[1]:
        noun = kind or "annotation"
        n = agreement.count(pair[0], kind)
        return Cell(f"{n:,}", f"{one} has {count(n, noun)}", centred=True)
    if pair not in agreement.pairs and pair[::-1] not in agreement.pairs:
        return _missing(f"{one} and {other} have no article in common", CellLook.HEAT)
    cell = measured(asked_of_pair(agreement, asked, kind, pair), CellLook.HEAT)
    return cell if cell.missing else replace(cell, tip=f"{one} and {other}: {cell.tip}")


def kinds(agreement: Agreement, overall: Overall | None = None) -> Table:
    """How far all annotators agree, for each kind and all of them, by each measure."""
    rows = (
        (
            Cell(f"{MARKS[kind]} {words}" if kind else words, kind=kind),
            Cell(
                _counts(agreement, kind), "by " + ", ".join(map(shown_name, agreement.annotators))
            ),
            *(_of_kind(agreement, overall, asked, kind) for asked in HEADERS),
        )
        for kind, words in KINDS.items()
    )
    return Table(("", "tags", *HEADERS.values()), tuple(rows))


def _counts(agreement: Agreement, kind: Kind | None) -> str:
    return " / ".join(f"{agreement.count(who, kind):,}" for who in agreement.annotators)


def _of_kind(
    agreement: Agreement, overall: Overall | None, asked: Asked, kind: Kind | None
) -> Cell:
    cell = measured(asked_of(agreement, asked, kind), CellLook.BAR, kind)
    if overall is None or len(overall.articles) < 2:
        return cell
    each = overall.per_article(lambda one: _mean(asked_of(one, asked, kind)))
    if each.mean.value is None:
        return cell
    tip = f"{cell.tip}\nmean of {each.mean.counted}: {each.mean}, deviation {each.deviation}"
    return replace(cell, tip=tip)


def _mean(found: Measure | Spread) -> Measure:
    return found.mean if isinstance(found, Spread) else found


_ASPECTS = {
    Aspect.CONTENT: "same content",
    Aspect.SOURCE: "same content and source",
    Aspect.CHAIN: "same content and chain",
    Aspect.CUE: "same cue",
}


def attributions(agreement: Agreement) -> Table:
    """How far the attributions agree: found again with others, and what is said of them."""
    kind = Kind.ATTRIBUTION
    shares = (
        (Cell(words), measured(agreement.agrs(aspect), CellLook.BAR, kind))
        for aspect, words in _ASPECTS.items()
    )
    kappas = (
        (Cell(f"kappa of {one}"), measured(agreement.attribute_kappa(one), CellLook.BAR, kind))
        for one in Attribute
    )
    return Table(("", "agreement"), (*shares, *kappas))


def differences(counts: Counts) -> Table:
    """How many items differ in what, the most frequent first."""
    found = {one: counts.differences[one] for one in Difference if one is not Difference.AGREED}
    ordered = sorted(found.items(), key=lambda one: -one[1])
    agreed = _part("agreed", counts.agreed, counts.items, bad=False)
    differ = (_part(one.value, n, counts.items, bad=True) for one, n in ordered if n)
    return Table(("", "items"), (agreed, *differ))


def _part(words: str, n: int, of: int, *, bad: bool) -> tuple[Cell, Cell]:
    tip = f"{n:,} of {count(of, 'item')}; an item that differs in several things counts in each"
    return Cell(words), Cell(f"{n:,}", tip, CellLook.BAR, n / of if of else None, bad=bad)


def sources(counts: Counts) -> Table:
    """For each source that an attribution names, in how many items all name it."""
    agreed = counts.sources_agreed
    ordered = sorted(counts.sources.items(), key=lambda one: (agreed[one[0]] - one[1], one[0]))
    rows = tuple((Cell(source), _source(source, agreed[source], n)) for source, n in ordered)
    return Table(("", "named by all"), rows or ((Cell("no source is named"), Cell("")),))


def _source(source: str, agreed: int, n: int) -> Cell:
    tip = f"of {count(n, 'attribution')} to {source}, by whomever, {agreed:,} are to it by all"
    return Cell(f"{agreed:,} of {n:,}", tip, CellLook.BAR, agreed / n, kind=Kind.ATTRIBUTION)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The articles, those with the lowest number first and those without one last.

    The ``table`` has a row for all together before theirs.
    """

    articles: tuple[ArticleComparison, ...]
    table: Table


def ranked(comparison: Comparison, asked: Asked, kind: Kind | None) -> Ranked:
    """The articles by what is asked of each."""
    numbers = {
        one.name: asked_of(one.agreement, asked, kind)
        for one in comparison.articles
        if one.agreement
    }

    def order(one: ArticleComparison) -> tuple[bool, float, str]:
        value = _mean(numbers[one.name]).value
        return value is None, value or 0.0, one.name

    found = sorted((one for one in comparison.articles if one.name in numbers), key=order)
    pooled = asked_of(comparison.overall.pooled, asked, kind)
    whole = Cell("All together"), measured(pooled, CellLook.BAR, kind)
    rows = (
        (Cell(short(one.name), escaped(one.name)), measured(numbers[one.name], CellLook.BAR, kind))
        for one in found
    )
    return Ranked(tuple(found), Table(("article", ""), (whole, *rows)))


def short(article: str) -> str:
    """As the list of articles beside the text has it."""
    return shown_name(PurePath(article).stem)
