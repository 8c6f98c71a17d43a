"""The command line; the window is one of its commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from annotator import __version__
from annotator.core.errors import AnnotatorError

QT_ON_DEBIAN = (
    "sudo apt-get install libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 "
    "libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1"
)


class Program(click.Group):
    """A group whose command is ``open`` where the first argument names no other one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "--version", "--help"}:
            args = ["open", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Program, subcommand_metavar="[PATH] | COMMAND [ARGS]...")
@click.version_option(__version__, message="annotator %(version)s")
def program() -> None:
    """Tag who says what in a news article, and through whom it reached the page.

    With an article, an annotation file or a folder as PATH, or with nothing, the window
    opens. A file that has the name of a command is opened as ./NAME, one that begins with
    a dash after --.
    """


@program.command("open")
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--annotator", metavar="NAME", help="Whose tagging to open.")
@click.pass_context
def open_window(ctx: click.Context, path: Path | None, annotator: str | None) -> None:
    """Open the window (also without the word open)."""
    if sys.platform == "linux" and not _has_display():
        raise AnnotatorError(
            "There is no display here for a window to open on; "
            "annotator export PATH --to png -o FILE draws a picture instead."
        )
    try:
        from annotator.ui.program import run
    except ImportError as error:
        _explain_missing_qt(error)
        raise
    ctx.exit(run(path, annotator))


@program.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option("--problems", is_flag=True, help="Also what is still open in the tagging.")
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], form: str, problems: bool) -> None:
    """Check annotation files, reviews and source registries.

    PATHS are YAML files, or folders to look for them in. Each problem is a line, as in
    FILE:LINE: what is wrong, expected what. The exit code is 0 where there is no problem,
    1 where there are some, 2 where the check could not run.

    With --problems, what an editor would still have to decide counts as well: claims that
    nobody says, quotation marks outside any quote and the like, save what was answered with
    "not a problem here".
    """
    from annotator.storage.checking import check_files, files_in

    files = files_in(paths)
    quiet = len(files) < 100 or not sys.stderr.isatty()
    with click.progressbar(length=len(files), file=sys.stderr, hidden=quiet) as bar:
        report = check_files(files, bar.update, with_open=problems)
    click.echo(report.as_json if form == "json" else report.as_text, nl=False)
    click.echo(report.summary, err=True)
    ctx.exit(1 if report.findings else 0)


@program.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "csv", "json")), default="text")
def sources(paths: tuple[Path, ...], form: str) -> None:
    """Count what each source says.

    PATHS are annotation files, articles or folders; of the latter two, everybody's tagging
    counts. Columns: claims and quotes that have the source in their chain; in how many of
    both it is the origin, in how many a relay; the articles that name it. The source that
    says most comes first; ids that no sources.yaml knows are listed too.
    """
    from annotator.storage import counting
    from annotator.storage.reading import annotation_files_in

    uses = counting.count_sources(annotation_files_in(paths))
    written = {"text": counting.as_text, "csv": counting.as_csv, "json": counting.as_json}
    click.echo(written[form](uses), nl=False)


@program.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(("png",)), required=True, help="The format.")
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="The file to write; a folder where there is more than one.",
)
def export(paths: tuple[Path, ...], form: str, out: Path) -> None:
    """Export annotation files.

    PATHS are annotation files, articles or folders; of the latter two, everybody's tagging
    is exported.
    """
    from annotator.storage.reading import annotation_files_in

    if sys.platform == "linux":  # a picture needs no display, were there one
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from annotator.ui.picture import export_pictures
    except ImportError as error:
        _explain_missing_qt(error)
        raise
    for written in export_pictures(annotation_files_in(paths), out):
        click.echo(str(written))


def _has_display() -> bool:
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def _explain_missing_qt(error: ImportError) -> None:
    if (error.name or "").startswith("annotator"):
        return
    raise AnnotatorError(
        f"The window needs Qt, and this part of it is missing: {error}; "
        f"install it and start again; on Debian and Ubuntu: {QT_ON_DEBIAN}"
    ) from error


def main() -> None:
    """Run the command line; what a person can mend ends in its sentence and exit code 2."""
    try:
        program(prog_name="annotator")
    except AnnotatorError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
