from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.edits import update
from annotator.ui.tagging import announcements
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import TURN, YONHAP

CHAIN = "North Korea via KCNA via Yonhap"
LAW = '"rispettano pienamente il diritto internazionale"'


@pytest.fixture
def told(anna: Hands, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told from now on."""
    QApplication.processEvents()
    heard: list[str] = []
    monkeypatch.setattr(announcements, "post", lambda _, words: heard.append(words))
    return heard


def put_caret(anna: Hands, words: str, inside: int = 1) -> None:
    anna.app.page.put_caret(anna.app.page.article.text.index(words) + inside)
    QApplication.processEvents()


def press(anna: Hands, *keys: str) -> None:
    for key in keys:
        anna.press(key)
        QApplication.processEvents()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("la Corea del Nord ha", f"attribution, {CHAIN}"),
        ("citando la Korean", "attribution, KCNA via Yonhap"),
        ("avrebbe inviato", f"claim, said by {CHAIN}"),
        (LAW, "quote, said by Kim Jong-gyu"),
        (TURN, "claim, the article itself"),
        ('"livello di alleanza"', "quote, source unknown"),
    ],
)
def test_the_caret_coming_into_a_tag_tells_kind_source_and_chain(
    anna: Hands, told: list[str], words: str, sentence: str
) -> None:
    put_caret(anna, words)
    assert told == [sentence]


def test_what_nobody_has_decided_yet_is_told_so(anna: Hands, told: list[str]) -> None:
    anna.tag_alone("Notizia", "1")
    QApplication.processEvents()
    assert told == ["claim, undecided"]


def test_several_who_say_it_are_all_told(anna: Hands, told: list[str]) -> None:
    anna.go_to("c-m2p7vg")
    anna.tag("Yonhap", "Y")
    anna.go_to("c-m2p7vg")
    assert told[-1] == "claim, said by Yonhap and by KCNA"


def test_an_attribution_without_a_source_is_told_so(anna: Hands, told: list[str]) -> None:
    says = anna.get("a-x4e9rt")
    anna.app.desk.do(update("No source", says, replace(says, source=None)))
    anna.go_to("a-x4e9rt")
    assert told == ["attribution, no source"]


def test_inside_one_tag_nothing_more_is_told(anna: Hands, told: list[str]) -> None:
    put_caret(anna, YONHAP)
    press(anna, "Right", "Ctrl+Right", "Shift+Right", "Ctrl+Shift+Right")
    assert told == ["attribution, Yonhap"]


def test_a_tag_come_back_to_is_told_again(anna: Hands, told: list[str]) -> None:
    put_caret(anna, TURN)
    put_caret(anna, "Notizia")
    put_caret(anna, TURN)
    assert told == ["claim, the article itself"] * 2


def test_coming_out_of_the_inner_tag_tells_the_outer_one(anna: Hands, told: list[str]) -> None:
    put_caret(anna, LAW, inside=len(LAW) - 1)
    press(anna, "Ctrl+Right", "Ctrl+Right")
    assert told == ["quote, said by Kim Jong-gyu", "claim, said by Kim Jong-gyu"]


def test_tab_tells_of_each_tag_once(anna: Hands, told: list[str]) -> None:
    press(anna, "Tab", "Tab", "Tab")
    assert told == [f"attribution, {CHAIN}", f"claim, said by {CHAIN}", "attribution, Yonhap"]


def test_tab_tells_of_the_selected_tag_though_a_shorter_one_stands_there(
    anna: Hands, told: list[str]
) -> None:
    outer = anna.tag_alone("Come riportato da RBC, il documento", "1")
    put_caret(anna, "Notizia")
    told.clear()
    anna.go_to(outer.id)
    assert anna.app.page.under_caret != outer.id
    assert told == ["claim, undecided"]


def test_with_a_screen_reader_the_announcement_goes_to_the_text(
    anna: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[QWidget, str]] = []
    post = announcements.post

    def listen(widget: QWidget, words: str) -> None:
        heard.append((widget, words))
        post(widget, words)

    monkeypatch.setattr(announcements, "post", listen)
    QAccessible.setActive(True)
    try:
        put_caret(anna, TURN)
    finally:
        QAccessible.setActive(False)
    assert heard == [(anna.app.page, "claim, the article itself")]
