from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from annotator.ui.page import labels
from annotator.ui.page.chips import ChipLook
from annotator.ui.page.labels import FontKey, Label, LabelLook, NumberLook, label, paint_labels

WHITE, GREEN, DARK = (QColor(name).rgb() for name in ("white", "#def1e8", "#00805c"))
BOX = QRectF(20.25, 7.5, 96.75, 18.0)


def chip() -> ChipLook:
    return ChipLook(
        "KCNA via Yonhap", FontKey(QApplication.font().key(), 8.0), WHITE, GREEN, DARK, DARK, None
    )


def dotted_chip() -> ChipLook:
    return chip()._replace(dot=QColor("red").rgb())


def number() -> NumberLook:
    return NumberLook("¶12", FontKey(QApplication.font().key(), 7.0), WHITE, DARK)


def painted(look: LabelLook, ratio: float, *, copied: bool) -> QImage:
    """A label at an odd place: copied as on the screen, or drawn on the spot as on paper."""
    image = QImage(round(160 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(WHITE)
    painter = QPainter(image)
    painter.translate(3.0, 11.75)
    on = labels.grid(painter)
    assert on is not None
    assert on.ratio == ratio
    paint_labels(painter, [label(look, BOX, on if copied else None)])
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> int:
    """How much ink lies elsewhere."""
    here, there = (memoryview(image.constBits()).cast("B") for image in (one, other))
    return sum(abs(a - b) for a, b in zip(here, there, strict=True))


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("make", [chip, dotted_chip, number])
def test_a_copied_label_looks_as_if_it_were_drawn_there(
    qapp: object, make: Callable[[], LabelLook], ratio: float
) -> None:
    look = make()
    drawn = painted(look, ratio, copied=False)
    empty = QImage(drawn.size(), drawn.format())
    empty.fill(WHITE)
    # A letter that lies between two steps of its font may take the one or the other.
    step = difference(drawn, drawn.copy(1, 0, drawn.width(), drawn.height())) / 4
    assert difference(drawn, painted(look, ratio, copied=True)) < step < difference(drawn, empty)


def test_labels_that_look_alike_share_a_picture(qapp: object) -> None:
    on = labels.Grid(1.0, 0.0, 0.0)
    one, below = label(chip(), BOX, on), label(chip(), BOX.translated(0, 90), on)
    aside = label(chip(), BOX.translated(0.5, 0), on)
    assert one.picture is below.picture
    assert one.picture is not aside.picture


def test_on_paper_labels_stay_words(qapp: object) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    on = labels.grid(painter)
    painter.end()
    assert on is None
    assert label(chip(), BOX, on) == Label(chip(), BOX)
