"""Every command of the window in one table: menus, toolbar, context menu and key list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.core.model import Kind
from annotator.ui.articles import opening
from annotator.ui.command import (
    ANNOTATE,
    EDIT,
    FILE,
    GO,
    HELP,
    REVIEW,
    VIEW,
    Command,
    Where,
    is_open,
)
from annotator.ui.find.finder import FINDING
from annotator.ui.keys import menu_keys
from annotator.ui.pages import (
    add_articles,
    ask_export,
    ask_feedback,
    ask_import,
    edit_settings,
    paste_article,
    save_picture,
    show_about,
    show_agreement,
    show_earlier_versions,
    show_keys,
    show_provenance,
    show_sources,
)
from annotator.ui.review.commands import REVIEWING
from annotator.ui.tagging import tags
from annotator.ui.tagging.shape import SHAPING

if TYPE_CHECKING:
    from annotator.ui.window import Window


def _can_undo(window: Window) -> bool:
    return window.desk.editable and window.desk.stack.canUndo()


def _can_redo(window: Window) -> bool:
    return window.desk.editable and window.desk.stack.canRedo()


COLOURS = {"system": "As the &system has them", "light": "&Light", "dark": "&Dark"}


def _wear(window: Window, wish: str) -> None:
    window.settings.put("colours", wish)
    window.wear_theme()


def _wears(window: Window, wish: str) -> bool:
    return window.settings.text("colours") == wish


COMMANDS: tuple[Command, ...] = (
    Command("file.open-folder", "Open &folder…", ("Ctrl+O",), FILE, opening.ask_folder),
    Command("file.open", "Open &article…", ("Ctrl+Shift+O",), FILE, opening.ask_article),
    Command("file.add", "A&dd articles…", ("Ctrl+N",), FILE, add_articles),
    Command("file.paste", "&Paste an article…", ("Ctrl+Shift+V",), FILE, paste_article),
    Command("file.sample", "Open the sa&mple", (), FILE, opening.open_sample),
    Command(
        "file.save",
        "&Save now",
        ("Ctrl+S",),
        FILE,
        lambda w: w.saving.save(),
        enabled=is_open,
        group=1,
    ),
    Command(
        "file.versions",
        "Earlier &versions…",
        ("Ctrl+Shift+H",),
        FILE,
        show_earlier_versions,
        enabled=is_open,
        group=1,
    ),
    Command("file.picture", "Save a pict&ure…", (), FILE, save_picture, enabled=is_open, group=1),
    Command("file.export", "&Export…", (), FILE, ask_export, enabled=is_open, group=1),
    Command("file.import", "&Import…", (), FILE, ask_import, group=1),
    Command("file.settings", "Se&ttings…", ("Ctrl+,",), FILE, edit_settings, group=2),
    Command("file.quit", "&Quit", ("Ctrl+Q",), FILE, lambda w: w.close(), group=3),
    Command("edit.undo", "&Undo", ("Ctrl+Z",), EDIT, tags.undo, enabled=_can_undo),
    Command(
        "edit.redo",
        "&Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        EDIT,
        tags.redo,
        enabled=_can_redo,
    ),
    Command(
        "edit.copy",
        "&Copy",
        ("Ctrl+C",),
        EDIT,
        lambda w: w.page.copy(),
        Where.PAGE,
        context=True,
        group=1,
    ),
    *(one for one in SHAPING if one.menu == EDIT),
    *FINDING,
    Command(
        "tag.claim",
        "Claim",
        ("1",),
        ANNOTATE,
        lambda w: tags.tag(w, Kind.CLAIM),
        Where.PAGE,
        is_open,
        kind=Kind.CLAIM,
        strip=True,
        context=True,
    ),
    Command(
        "tag.quote",
        "Quote",
        ("2",),
        ANNOTATE,
        lambda w: tags.tag(w, Kind.QUOTE),
        Where.PAGE,
        is_open,
        kind=Kind.QUOTE,
        strip=True,
        context=True,
    ),
    Command(
        "tag.attribution",
        "Attribution…",
        ("3",),
        ANNOTATE,
        lambda w: tags.tag(w, Kind.ATTRIBUTION),
        Where.PAGE,
        is_open,
        kind=Kind.ATTRIBUTION,
        strip=True,
        context=True,
    ),
    Command(
        "tag.unattributed",
        "&Unattributed",
        ("U",),
        ANNOTATE,
        tags.cycle_unattributed,
        Where.PAGE,
        is_open,
        context=True,
        group=1,
    ),
    Command(
        "tag.delete",
        "&Delete tag",
        ("Del", "Backspace"),
        ANNOTATE,
        tags.delete,
        Where.PAGE,
        is_open,
        context=True,
        group=1,
    ),
    Command(
        "tag.edit",
        "&Edit in the inspector",
        ("Return", "Enter"),
        ANNOTATE,
        tags.edit,
        Where.PAGE,
        is_open,
        group=1,
    ),
    Command(
        "tag.clear",
        "&Clear selection",
        ("Esc",),
        ANNOTATE,
        tags.clear,
        Where.PAGE,
        is_open,
        group=1,
    ),
    *(one for one in SHAPING if one.menu == ANNOTATE),
    Command(
        "article.done",
        "D&one with this article",
        ("Ctrl+Return", "Ctrl+Enter"),
        ANNOTATE,
        tags.toggle_done,
        enabled=is_open,
        checked=tags.is_done,
        group=4,
    ),
    Command("go.next", "&Next tag", ("Tab",), GO, lambda w: tags.go(w, 1), Where.PAGE, is_open),
    Command(
        "go.previous",
        "&Previous tag",
        ("Shift+Tab",),
        GO,
        lambda w: tags.go(w, -1),
        Where.PAGE,
        is_open,
    ),
    Command(
        "go.next-article",
        "Next a&rticle",
        ("Ctrl+PgDown",),
        GO,
        lambda w: opening.step(w, 1),
        group=1,
    ),
    Command(
        "go.previous-article",
        "Pre&vious article",
        ("Ctrl+PgUp",),
        GO,
        lambda w: opening.step(w, -1),
        group=1,
    ),
    Command(
        "go.said",
        "&Who says what",
        ("Alt+1",),
        GO,
        lambda w: w.show_list(w.who_says_what),
        group=2,
    ),
    Command("go.tags", "A&ll tags", ("Alt+2",), GO, lambda w: w.show_list(w.all_tags), group=2),
    Command("go.problems", "Pro&blems", ("Alt+3",), GO, lambda w: w.show_list(w.problems), group=2),
    Command("go.text", "To the &text", ("F6",), GO, lambda w: w.page.setFocus(), group=2),
    Command(
        "go.provenance",
        "Pr&ovenance…",
        ("Alt+5",),
        GO,
        show_provenance,
        enabled=is_open,
        group=2,
    ),
    Command("go.sources", "&Sources…", ("F9",), GO, show_sources, enabled=is_open, group=2),
    Command(
        "go.palette",
        "Co&mmand palette…",
        ("Ctrl+Shift+P",),
        GO,
        lambda w: w.command_palette.open_in(w),
        group=3,
    ),
    Command("go.menu", "Men&u bar", ("F10",), GO, menu_keys.open_first, group=3),
    *REVIEWING,
    Command(
        "review.agreement",
        "A&greement…",
        ("Ctrl+Shift+R",),
        REVIEW,
        show_agreement,
        enabled=is_open,
        group=9,
    ),
    Command(
        "review.feedback",
        "&Feedback reports…",
        (),
        REVIEW,
        ask_feedback,
        enabled=is_open,
        group=9,
    ),
    Command("view.larger", "&Larger text", ("Ctrl++", "Ctrl+="), VIEW, lambda w: w.zoom_by(1)),
    Command("view.smaller", "&Smaller text", ("Ctrl+-",), VIEW, lambda w: w.zoom_by(-1)),
    Command("view.normal", "&Normal size", ("Ctrl+0",), VIEW, lambda w: w.zoom_by(0)),
    Command(
        "view.articles",
        "&Articles",
        ("F7",),
        VIEW,
        lambda w: w.toggle_side("articles"),
        checked=lambda w: w.articles_side.isVisible(),
        group=1,
    ),
    Command(
        "view.inspector",
        "&Inspector and tags",
        ("F8",),
        VIEW,
        lambda w: w.toggle_side("inspector"),
        checked=lambda w: w.inspector_side.isVisible(),
        group=1,
    ),
    *(
        Command(
            f"view.{wish}",
            label,
            (),
            VIEW,
            partial(_wear, wish=wish),
            checked=partial(_wears, wish=wish),
            group=2,
            sub="&Colours",
        )
        for wish, label in COLOURS.items()
    ),
    Command("help.keys", "&Keys", ("F1", "?"), HELP, show_keys),
    Command("help.about", "&About", (), HELP, show_about),
)


def command(name: str) -> Command:
    """The command of that name."""
    return next(one for one in COMMANDS if one.name == name)
