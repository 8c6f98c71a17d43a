from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.text_fields import WordsField

SENTENCE = "La Corea del Nord conferma ufficialmente l'invio di truppe in Russia … Notizia … "


@pytest.mark.parametrize("length", [60, 200, 333, 1000])
def test_words_come_to_rest_at_every_width(qtbot: QtBot, length: int) -> None:
    words = WordsField("Text", 2)
    qtbot.addWidget(words)
    words.show()
    for width in range(60, 400, 3):
        words.resize(width, words.height())
        words.show_words((SENTENCE * 20)[:length] + str(width))
        assert words.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        assert words.toolTip() or words.toPlainText().endswith(str(width))


def test_arabic_words_begin_at_the_right(qtbot: QtBot) -> None:
    words = WordsField("Text", 2)
    qtbot.addWidget(words)
    words.resize(300, 30)
    words.show()
    words.show_words("أعلنت الوكالة")
    assert words.cursorRect().center().x() > 250
    words.show_words("Secondo la KCNA")
    assert words.cursorRect().center().x() < 50
