from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.hands import Hands


def stops(hands: Hands) -> list[str]:
    """Where the Tab key comes to from the text on, by the names that a screen reader says."""
    found, stop = [], hands.app.page.nextInFocusChain()
    while stop and stop is not hands.app.page:
        if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(named(stop))
        stop = stop.nextInFocusChain()
    return list(filter(None, found))


def named(stop: QWidget) -> str:
    return stop.accessibleName().partition(":")[0]


def test_what_is_made_late_has_its_place_in_the_tab_order(anna: Hands) -> None:
    lists = ["Lists of the article", "Group by", "List of who says what"]
    assert stops(anna)[:3] == lists
    anna.app.navigation.go(1)
    fields = ["Source", "Via", "Stance", "Certainty", "Content", "Note"]
    assert stops(anna)[:9] == [*fields, *lists]
    anna.press("Ctrl+F")
    found = stops(anna)
    assert found[0] == "Find in the text"
    assert found[found.index("Close (Esc)") + 1 :][:9] == [*fields, *lists]
