"""Windows and dialogs beside the window, loaded when first wanted: most days nobody opens any of
them, and the program starts a tenth sooner.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.core.errors import NotOpened
    from annotator.ui.talk import Offer
    from annotator.ui.window import Window


def ask_export(window: Window) -> None:
    """Tagging in another format."""
    from annotator.ui.exchange.commands import ask_export

    ask_export(window)


def ask_import(window: Window) -> None:
    """Tagging from another format."""
    from annotator.ui.exchange.commands import ask_import

    ask_import(window)


def ask_feedback(window: Window) -> None:
    """What reviews made of each annotator's tagging, as pages to give away."""
    from annotator.ui.exchange.feedback import ask_feedback

    ask_feedback(window)


def show_provenance(window: Window) -> None:
    """The picture of who says what through whom."""
    from annotator.ui.provenance.window import show_provenance

    show_provenance(window)


def show_sources(window: Window) -> None:
    """The page of the source registry."""
    from annotator.ui.sources.page import show_sources

    show_sources(window)


def show_agreement(window: Window) -> None:
    """The page on how far the annotators agree."""
    from annotator.ui.agreement.window import show_agreement

    show_agreement(window)


def show_earlier_versions(window: Window) -> None:
    """What was kept of the open file, to be taken back."""
    from annotator.ui.articles.earlier_versions import show_earlier_versions

    show_earlier_versions(window)


def add_articles(window: Window) -> None:
    """Ask for files and add the article of each."""
    from annotator.ui.articles.add import ask_articles

    ask_articles(window)


def paste_article(window: Window) -> None:
    """Make the clipboard's text an article."""
    from annotator.ui.articles import add

    add.paste_article(window)


def take(window: Window, paths: list[Path]) -> None:
    """Open or add what was dropped on the window."""
    from annotator.ui.articles import add

    add.take(window, paths)


def offer_to_add(window: Window, error: NotOpened, *others: Offer) -> bool:
    """Offer to add what could not be opened, where it can be."""
    from annotator.ui.articles import add

    return add.offer_to_add(window, error, *others)


def show_keys(window: Window) -> None:
    """The live list of keys."""
    from annotator.ui.keys.dialogs import show_keys

    show_keys(window)


def show_about(window: Window) -> None:
    """What this program is."""
    from annotator.ui.keys.dialogs import show_about

    show_about(window)


def edit_settings(window: Window) -> None:
    """The settings."""
    from annotator.ui.keys.dialogs import edit_settings

    edit_settings(window)


def save_picture(window: Window) -> None:
    """A picture of the whole article with its tags."""
    from annotator.ui.keys.dialogs import save_picture

    save_picture(window)
