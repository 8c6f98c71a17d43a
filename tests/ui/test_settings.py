from __future__ import annotations

import pytest

from annotator.ui.settings import Settings


@pytest.mark.parametrize("kept", ["a word", "", "nan", "inf", "-3", "1e9"])
@pytest.mark.parametrize(("name", "default"), [("zoom", 12), ("autosave_seconds", 20)])
def test_a_number_that_cannot_be_is_as_good_as_none(kept: str, name: str, default: float) -> None:
    settings = Settings()
    settings.put(name, kept)
    assert settings.number(name) == default
    settings.put(name, 30)
    assert settings.number(name) == 30
