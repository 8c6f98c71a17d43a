"""The page on agreement: what it counts, how it is read, and that nothing waits for it."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.review.compare.agreement import agree, pool
from annotator.review.compare.coefficients import Measure, Spread
from annotator.storage.folder import Folder
from annotator.ui import theme
from annotator.ui.agreement import figures
from annotator.ui.agreement import window as agreement_window
from annotator.ui.agreement.figures import Asked, CellLook
from annotator.ui.agreement.plot import Plot, heat, readable_on
from annotator.ui.agreement.window import AgreementWindow, Counted, count_folder
from annotator.ui.widgets.background import Progress
from tests.review.annotated import LENGTH, one
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.looking import pixels_of

SEED = "corea-del-nord.txt"


@pytest.fixture
def two_articles(folder: Path) -> Path:
    """The seed article, and another one on the same text that boris did not tag at all."""
    shutil.copy(folder / SEED, folder / "kursk.txt")
    for who in ("anna", "boris"):
        text = (folder / f"annotations/corea-del-nord.{who}.yaml").read_text("utf-8")
        text = text.replace(f"../{SEED}", "../kursk.txt")
        if who == "boris":
            text = text.partition("annotations:")[0] + "annotations: []\n"
        (folder / f"annotations/kursk.{who}.yaml").write_text(text, "utf-8")
    return folder


def page_of(hands: Hands, qtbot: QtBot) -> AgreementWindow:
    """The page, opened by its key, with everything counted."""
    hands.press("Ctrl+Shift+R")
    shown = hands.window.findChild(AgreementWindow)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.articles.rowCount() > 0)
    return shown


def texts(plot: Plot) -> list[list[str]]:
    return [
        [plot.cell(row, column).text for column in range(plot.columnCount())]
        for row in range(plot.rowCount())
    ]


# In the window


def test_the_key_opens_the_page_with_the_numbers_of_the_seed(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    assert texts(shown.articles) == [["All together", ".500"], ["corea-del-nord", ".500"]]
    assert texts(shown.pairs) == [["anna", "23", ".500"], ["boris", ".500", "17"]]
    (claims,) = [row for row in texts(shown.kinds) if "claims" in row[0]]
    assert claims[1:5] == ["9 / 6", ".267", ".533", ".800"]
    assert ["agreed", "5"] in texts(shown.differences)
    assert ["Yonhap", "0 of 2"] in texts(shown.sources)


def test_each_number_says_what_was_counted(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    assert "23 by anna, 17 by boris, 10 in both" in shown.pairs.cell(0, 2).tip
    assert "untagged text counts as out" in shown.kinds.cell(1, 5).tip
    missing = shown.attributions.cell(6, 1)
    assert (missing.text, missing.missing) == ("n/a", True)
    assert missing.tip.startswith("n/a: only one value was used")


def test_the_keyboard_reads_what_was_counted_below(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    assert shown.articles.hasFocus()
    anna.press("Tab")
    assert shown.pairs.hasFocus()
    anna.press("Right", "Right")
    assert shown.guide.text().startswith("anna, boris: .500. anna and boris: 40 annotations")
    spoken = shown.pairs.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == shown.guide.text()
    anna.press("Left", "Left")
    assert shown.guide.text() == "anna: anna 23, boris .500"


def test_the_mouse_reads_it_too(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    place = shown.pairs.visualRect(shown.pairs.model().index(1, 1)).center()
    viewport, none, keys = shown.pairs.viewport(), Qt.MouseButton.NoButton, Qt.KeyboardModifier(0)
    spots = QPointF(place), QPointF(viewport.mapToGlobal(place))
    moved = QMouseEvent(QEvent.Type.MouseMove, *spots, none, none, keys)
    QApplication.sendEvent(viewport, moved)
    assert shown.guide.text().startswith("boris, anna: .500")


def test_other_measures_and_kinds_are_asked_for(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    ask(shown, Asked.OVERLAP)
    qtbot.waitUntil(lambda: shown.pairs.cell(0, 2).text == ".850")
    shown.kind.show_value(Kind.QUOTE)
    shown.kind.picked.emit(Kind.QUOTE)
    qtbot.waitUntil(lambda: shown.pairs.cell(0, 2).text == ".750")
    assert shown.pairs.cell(0, 1).text == "5"


def test_attributions_found_again_depend_on_who_is_asked(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    ask(shown, Asked.SOURCE)
    qtbot.waitUntil(lambda: not shown.kind.isEnabled())
    qtbot.waitUntil(lambda: texts(shown.pairs)[0][2] == ".667")
    assert texts(shown.pairs)[1][1] == ".857"
    assert "6 of which anna has" in shown.pairs.cell(1, 1).tip


def ask(shown: AgreementWindow, asked: Asked) -> None:
    shown.asked.show_value(asked)
    shown.asked.picked.emit(asked)


def test_articles_come_with_the_worst_first_and_show_their_own(
    begin: Begin, two_articles: Path, qtbot: QtBot
) -> None:
    hands = begin(two_articles / SEED, "anna")
    shown = page_of(hands, qtbot)
    names = [row[0] for row in texts(shown.articles)]
    assert names == ["All together", "kursk", "corea-del-nord"]
    assert shown.title.text() == "2 articles together"
    hands.press("Down")
    assert shown.title.text() == "kursk"
    assert texts(shown.pairs)[0][1:] == ["23", ".000"]
    assert "mean of 2 articles" not in shown.kinds.cell(0, 2).tip
    hands.press("Up")
    assert "mean of 2 articles: 0.250, deviation 0.250" in shown.kinds.cell(0, 2).tip


def test_an_article_that_nobody_tagged_says_why_it_has_no_number(
    begin: Begin, two_articles: Path, qtbot: QtBot
) -> None:
    empty = two_articles / "annotations/kursk.anna.yaml"
    text = empty.read_text("utf-8").partition("annotations:")[0]
    empty.write_text(f"{text}annotations: []\n", "utf-8")
    hands = begin(two_articles / SEED, "anna")
    shown = page_of(hands, qtbot)
    assert texts(shown.articles)[-1] == ["kursk", "n/a"]
    hands.press("End", "Tab", "Right", "Right")
    assert shown.guide.text() == "anna, boris: n/a: neither tagged any annotation"
    assert texts(shown.sources) == [["no source is named", ""]]


def test_enter_opens_the_article(begin: Begin, two_articles: Path, qtbot: QtBot) -> None:
    hands = begin(two_articles / SEED, "anna")
    page_of(hands, qtbot)
    hands.press("Down", "Return")
    assert hands.app.desk.session is not None
    assert hands.app.desk.session.path.name == "kursk.anna.yaml"
    assert hands.app.page.hasFocus()


def test_what_was_just_tagged_counts(anna: Hands, qtbot: QtBot) -> None:
    anna.tag_alone("Notizia", "1")
    shown = page_of(anna, qtbot)
    assert shown.pairs.cell(0, 1).text == "24"


def test_the_key_brings_the_page_back_with_new_numbers(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    anna.turn_to()
    anna.tag_alone("Notizia", "1")
    assert page_of(anna, qtbot) is shown
    qtbot.waitUntil(lambda: shown.pairs.cell(0, 1).text == "24")


def test_one_annotator_alone_is_told_so(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    (folder / "annotations/corea-del-nord.boris.yaml").unlink()
    hands = begin(folder / SEED, "anna")
    hands.press("Ctrl+Shift+R")
    shown = hands.window.findChild(AgreementWindow)
    assert shown is not None
    qtbot.waitUntil(lambda: "tagged by two annotators" in shown.nothing.text())
    assert shown.nothing.isVisible()
    assert not shown.guide.isVisible()
    assert not shown.inside.isVisible()


def test_a_file_that_cannot_be_read_is_told_and_the_rest_counts(
    begin: Begin, folder: Path, qtbot: QtBot
) -> None:
    (folder / "annotations/corea-del-nord.carla.yaml").write_text("format: nothing\n", "utf-8")
    shown = page_of(begin(folder / SEED, "anna"), qtbot)
    assert "corea-del-nord.carla.yaml" in shown.left_out.text()
    assert shown.pairs.rowCount() == 2


def test_counting_stops_when_asked_and_when_the_page_closes(
    anna: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement_window, "count_folder", without_end)
    anna.press("Ctrl+Shift+R")
    shown = anna.window.findChild(AgreementWindow)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.nothing.text() == "Comparing: 1 of 2,000 articles")
    QTest.mouseClick(shown.stop, LEFT)
    assert shown.nothing.text() == "Nothing was counted."
    assert shown.again.isVisible()
    QTest.mouseClick(shown.again, LEFT)
    assert shown.progress.isVisible()
    anna.press("Esc")
    assert not shown.isVisible()


def without_end(_: Folder, progress: Progress) -> Counted:
    """Goes on counting until nobody waits for it any more, which ``progress`` then raises."""
    while True:
        progress(1, 2000)
        Event().wait(0.001)


def test_everything_has_a_name_and_is_reached_by_tab(anna: Hands, qtbot: QtBot) -> None:
    shown = page_of(anna, qtbot)
    visited = []
    for _ in range(12):
        focused = shown.focusWidget()
        assert focused is not None
        visited.append(focused)
        anna.press("Tab")
    assert {*shown.plots, shown.asked, shown.kind, shown.again} <= set(visited)
    named = (*shown.plots, shown.asked, shown.kind, shown.progress)
    assert all(widget.accessibleName() for widget in named)


def test_the_folder_is_counted_without_a_window(two_articles: Path) -> None:
    steps: list[tuple[int, int]] = []
    counted = count_folder(Folder(two_articles), lambda done, of: steps.append((done, of)))
    assert steps[-1] == (2, 2)
    assert len(counted.comparison.articles) == 2
    assert len(counted.kinds.rows) == 4


# What it looks like


@pytest.mark.parametrize("worn", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_more_agreement_is_further_from_the_page_and_its_number_is_legible(
    worn: theme.Theme,
) -> None:
    shades = [abs(heat(v / 10, worn).lightnessF() - worn.page.lightnessF()) for v in range(11)]
    assert shades == sorted(shades)
    for value in range(11):
        ground = heat(value / 10, worn)
        assert abs(readable_on(ground, worn).lightnessF() - ground.lightnessF()) > 0.3


def test_what_is_missing_is_hatched_and_what_is_there_is_not(qtbot: QtBot) -> None:
    tags = [one("c-1", (0, 10))]
    found = agree(LENGTH, {"anna": tags, "boris": [one("c-2", (5, 12))], "carla": []})
    plot = Plot("pairs")
    qtbot.addWidget(plot)
    plot.show_table(figures.pairs(found, Asked.OVERLAP, Kind.QUOTE))
    assert {plot.cell(0, 2).text, plot.cell(1, 3).text} == {"n/a"}
    plot.resize(plot.whole())
    plot.show()
    hatched = colours(plot)
    plot.show_table(figures.pairs(found, Asked.OVERLAP, Kind.CLAIM))
    assert plot.cell(0, 2).text == "1.000"
    assert heat(1.0, plot.theme).rgb() in colours(plot)
    assert heat(1.0, plot.theme).rgb() not in hatched


def colours(plot: Plot) -> set[int]:
    image = pixels_of(plot.viewport()).convertToFormat(QImage.Format.Format_RGB32)
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_a_mean_has_its_deviation_around_it() -> None:
    half, whole = Measure(0.5, 3, "3 pairs"), Measure(1.0, 1, "1 pair")
    cell = figures.measured(Spread(half, Measure(0.1, 3, "3 pairs")), CellLook.BAR)
    assert (cell.text, cell.value, cell.deviation) == (".500", 0.5, 0.1)
    assert cell.tip == "3 pairs\nmean 0.500, deviation 0.100"
    alone = figures.measured(Spread(whole, Measure(0.0, 1, "1 pair")), CellLook.BAR)
    assert (alone.text, alone.deviation, alone.tip) == ("1.000", 0, "1 pair")


def test_less_than_chance_has_no_bar_but_its_number() -> None:
    cell = figures.measured(Measure(-0.25, 9, "9 code points"), CellLook.BAR)
    assert (cell.text, cell.value) == ("-.250", 0)


def test_who_has_no_article_in_common_is_told_so() -> None:
    tags = [one("c-1", (0, 10))]
    apart = pool([agree(LENGTH, {"anna": tags}), agree(LENGTH, {"boris": tags})])
    cell = figures.pairs(apart, Asked.ALPHA, None).rows[0][2]
    assert cell.tip == "n/a: anna and boris have no article in common"
