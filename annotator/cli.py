"""The command line; the window is one of its commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from annotator import __version__
from annotator.command_line import (
    Exchange,
    FormatName,
    GivenPath,
    Program,
    did_you_mean,
    names_beside,
    say,
)

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from annotator.formats.format import Format

_paths = click.argument("paths", nargs=-1, required=True, type=GivenPath(path_type=Path))
_output = partial(click.option, "-o", "--output", required=True)
_a_folder = click.Path(path_type=Path, file_okay=False)
_force = click.option(
    "--force",
    is_flag=True,
    help="Replace files that are there; articles, tagging, sources and headers never are.",
)
_F = TypeVar("_F", bound=Callable[..., object])


def _form(*forms: str, default: str | None = "text") -> Callable[[_F], _F]:
    """The option for the form of what a command prints."""
    text = "text" if default else "text, or the one that the name of FILE implies"
    said = f"The form of the output. Default: {text}."
    return click.option("--format", "form", type=click.Choice(forms), default=default, help=said)


@click.group(cls=Program, subcommand_metavar="[PATH] | COMMAND [ARGS]...")
@click.version_option(__version__, message="annotator %(version)s")
def program() -> None:
    """Tag who says what in a news article, and through whom it reached the page.

    With an article, an annotation file or a folder as PATH, or with nothing, the window
    opens. To open a file that has the name of a command, write ./NAME; a name that begins
    with a dash goes after --.
    """


@program.command("open")
@click.argument("path", required=False, type=GivenPath(exists=True, path_type=Path))
@click.option("--annotator", metavar="NAME", help="Whose tagging to open.")
@click.pass_context
def open_window(ctx: click.Context, path: Path | None, annotator: str | None) -> None:
    """Open the window.

    PATH is an article, an annotation file or a folder; without it, what was open last is
    opened again. The word open may be left out: annotator PATH does the same.
    """
    from annotator.ui import launch

    ctx.exit(launch.open_window(path, annotator))


@program.command()
@_paths
@_form("text", "json")
@click.option(
    "--problems", is_flag=True, help="Also list the problems: what the tagging leaves open."
)
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], form: str, problems: bool) -> None:
    """Check the files of a folder for format errors.

    PATHS are annotation files, reviews, source registries and headers of articles, or
    folders to look for them in. Each format error is one line: FILE:LINE: what is wrong,
    expected what. The exit code is 0 where there is none, 1 where there are some, 2 where the
    check could not run.

    With --problems, problems are listed and count as well: claims without a source, quotation
    marks outside any quote and the like, except those answered with "not a problem here".
    """
    from annotator.storage.check.check import check_files, files_in

    files = files_in(paths)
    with _progress(len(files)) as bar:
        report = check_files(files, bar.update, with_problems=problems)
    click.echo(report.as_json if form == "json" else report.as_text, nl=False)
    click.echo(report.summary, err=True)
    ctx.exit(1 if report.found else 0)


@program.command()
@_paths
@_form("text", "csv", "json")
def sources(paths: tuple[Path, ...], form: str) -> None:
    """Count what each source says.

    PATHS are annotation files, articles or folders; of articles and folders, everybody's
    tagging counts. The source that says most comes first. The columns are:

    \b
    claims    claims that have the source anywhere in their chain
    quotes    quotes that have it there
    origin    how many of both begin with it
    relay     how many of both came through it
    articles  articles that name it
    source    its id
    name      its name, where sources.yaml has one
    """  # noqa: D301  the mark that keeps these lines apart is a backspace
    from annotator.storage.bulk import source_counts
    from annotator.storage.reading import annotation_files_in

    uses = source_counts.count_sources(annotation_files_in(paths))
    written = {
        "text": source_counts.as_text,
        "csv": source_counts.as_csv,
        "json": source_counts.as_json,
    }
    click.echo(written[form](uses), nl=False)


@program.command()
@_paths
@_form("text", "html", "csv", "json", default=None)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file to write; its name can tell the form.",
)
@_force
@click.pass_context
def compare(
    ctx: click.Context, paths: tuple[Path, ...], form: str | None, out: Path | None, force: bool
) -> None:
    """Compare colleagues' tagging.

    PATHS are two or more annotation files of an article, articles, or folders to look for
    them in. What annotators tagged is matched one to one. The output says where it differs,
    and how far they agree by kind, by pair and by article, the worst article first. Reviews
    count only where they are named.

    The exit code is 0 where all was compared, 1 where files had to be left out (each with its
    reason), 2 where there was nothing to compare or FILE may not be written.
    """
    from annotator.review.compare.folders import compare_articles
    from annotator.review.report.forms import as_form, form_of
    from annotator.storage.bulk.by_article import gather
    from annotator.storage.disk.outputs import Outputs

    gathered, refused = gather(paths)
    reads = (path for one in gathered for path in (one.article, *one.files))
    outputs, form = Outputs(replace=force, reads=reads), form or form_of(out)
    if out:
        outputs.refuse(out)
    with _progress(len(gathered)) as bar:
        comparison = compare_articles(gathered, bar.update, refused)
    told = as_form(comparison, form, on_screen=not out and sys.stdout.isatty())
    if out:
        outputs.write(out, told.encode())
    click.echo(str(out) if out else told.rstrip("\n"))
    for sentence in comparison.sentences:
        say(sentence)
    ctx.exit(1 if comparison.sentences else 0)


@program.command()
@_paths
@_output("out", metavar="DIR", type=_a_folder, help="The folder to write the pages into.")
@_force
@click.pass_context
def feedback(ctx: click.Context, paths: tuple[Path, ...], out: Path, force: bool) -> None:
    """Report to each annotator what reviews changed.

    PATHS are reviews, articles, or folders to look for reviews in. Each annotator gets one
    HTML page on all of them: what was changed or rejected and why, before and after, and how
    their kinds and sources compare with the agreed ones. The pages written are listed.

    The exit code is 0 where all was told, 1 where something had to be left out (each with its
    reason), 2 where there was nothing to tell or the pages may not be written.
    """
    from annotator.review.report.feedback_files import review_files_in, write_feedback

    files = review_files_in(paths)
    with _progress(len(files)) as bar:
        written = write_feedback(files, out, bar.update, replace=force)
    for path in written.files:
        click.echo(str(path))
    for sentence in written.sentences:
        say(sentence)
    ctx.exit(1 if written.sentences else 0)


@program.command(cls=Exchange)
@_paths
@click.option("--to", "form", type=FormatName("out"), required=True, help="A format listed below.")
@_output(
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="The file to write; a folder where there is more than one.",
)
@_force
@click.pass_context
def export(
    ctx: click.Context, paths: tuple[Path, ...], form: Format, out: Path, force: bool
) -> None:
    """Export annotation files to another format.

    PATHS are annotation files, articles or folders; of the latter two, everybody's tagging
    is exported. What was written is listed; what the format could not carry is counted. Either
    all of it is written or nothing. The exit code is 0, 1 where annotation files could not be
    read and were left out, 2 where nothing could be exported or OUT may not be written.
    """
    from annotator.core.display_text import count
    from annotator.formats.exporting import export_files, in_words
    from annotator.formats.format import Result
    from annotator.storage.reading import annotation_files_in

    files = annotation_files_in(paths)
    if form.paints and sys.platform == "linux":  # a picture needs no display, were there one
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        if form.paints:
            from annotator.ui.exchange.painting import painting

            form = painting(form)
        with _progress(len(files)) as bar:
            done = export_files(form, files, out, bar.update, replace=force)
    except ImportError as error:
        from annotator.ui.launch import explain_missing_qt

        explain_missing_qt(error)
        raise
    for path in done.results if form.result is not Result.FOLDER else (out,):
        click.echo(str(path))
    for sentence in done.unread:
        say(sentence)
    if done.lost:
        click.echo(f"{form.title} cannot carry: {in_words(done.lost)}.", err=True)
    left = f"; {len(done.unread):,} left out" if done.unread else ""
    click.echo(f"{count(done.files, 'annotation file')} exported{left}.", err=True)
    ctx.exit(1 if done.unread else 0)


@program.command("import", cls=Exchange)
@_paths
@click.option("--from", "form", type=FormatName("in"), required=True, help="A format listed below.")
@click.option("--annotator", metavar="NAME", help="Whose tagging it becomes.")
@_output("folder", metavar="FOLDER", type=_a_folder, help="The folder of articles to import into.")
@click.pass_context
def import_tagging(
    ctx: click.Context, paths: tuple[Path, ...], form: Format, annotator: str | None, folder: Path
) -> None:
    """Import tagging from another format.

    PATHS are files, or folders to look for them in. Articles that are in FOLDER already are
    found by their hash, annotation files are never overwritten. Without --annotator it is
    whose tagging the files say it is. Everything that could not be taken is a line, as in
    FILE:LINE: what it is: why. The exit code is 0 where nothing was left, 1 where something
    was, 2 where nothing could be imported.
    """
    from annotator.core.display_text import count
    from annotator.formats.importing import files_of, import_files

    with _progress(len(files_of(form, paths))) as bar:
        done = import_files(
            form,
            paths,
            folder,
            annotator,
            progress=lambda now, _: bar.update(now - bar.pos),
            tell=lambda left: click.echo(str(left)),
        )
    parts = (
        (done.files, "annotation file"),
        (done.annotations, "annotation"),
        (done.articles, "new article"),
        (done.sources, "new source"),
    )
    known = f"; {done.known:,} were there already" if done.known else ""
    told = ", ".join(count(number, what) for number, what in parts)
    left = f"{count(done.left, 'thing')} could not be taken" if done.left else "nothing was left"
    click.echo(f"{told} imported{known}; {left}.", err=True)
    ctx.exit(1 if done.left else 0)


@program.command()
@click.argument("files", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@_output("folder", metavar="FOLDER", type=_a_folder, help="The folder of articles to add to.")
@click.option(
    "--encoding", metavar="NAME", help="The encoding of the files, where the guess is wrong."
)
@click.pass_context
def add(ctx: click.Context, files: tuple[str, ...], folder: Path, encoding: str | None) -> None:
    """Add articles to a folder.

    Each SOURCE is a file: plain text, Markdown, a saved web page, a Word document, a PDF or an
    e-mail. Its text is kept in FOLDER, and what is known of it (title, date, byline, language,
    address, and the original's hash) beside it in NAME.article.yaml. A text that is there
    already is found by its hash. The exit code is 0, 1 where some files gave no article (each
    with its reason), 2 where none did.
    """
    from annotator.storage.articles_in.add import add_files

    taken = 0
    for done in add_files(map(Path, files), folder, encoding):
        click.echo(str(done), err=done.error is not None)
        taken += done.error is None
    ctx.exit(0 if taken == len(files) else 1 if taken else 2)


@program.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--show", "shown", metavar="N", type=int, help="Print version N as it was.")
@click.option("--restore", "restored", metavar="N", type=int, help="Restore version N.")
def backups(file: Path, shown: int | None, restored: int | None) -> None:
    """List, print or restore earlier versions of a file.

    FILE is an annotation file, a review or a sources.yaml, which may be gone. Each save of the
    program keeps a version in its data folder: the last ones, then one a day. They are listed
    with their numbers, the newest first, without what is saved now. What --restore replaces is
    kept as well. The exit code is 0, or 2 where a version is not there, or cannot be read or
    restored.
    """
    from annotator.storage.backups.restore import restore_file
    from annotator.storage.backups.versions import earlier_versions, read_version

    kept, name = earlier_versions(file), click.format_filename(file)
    none = f"No earlier version of {name} is kept."
    if not kept and not file.exists():
        hint = did_you_mean(str(file), names_beside(str(file)))
        raise click.BadParameter(f"There is no {name}, and no earlier version of it is kept.{hint}")
    for number in (shown, restored):
        if number is not None and not 1 <= number <= len(kept):
            choose = f"There is no version {number}; choose one from 1 to {len(kept)}."
            raise click.BadParameter(choose if kept else none)
    if shown is not None:
        click.echo(read_version(kept[shown - 1]), nl=False)
    if restored is not None:
        for sentence in restore_file(file, kept[restored - 1]):
            say(sentence)
        click.echo(f"The version of {kept[restored - 1].local_time} of {name} is restored.")
    if shown is None and restored is None:
        for number, version in enumerate(kept, start=1):
            click.echo(f"{number:3}  {version.local_time}  {version.digest}")
        if not kept:
            click.echo(none)


@program.command()
@click.argument("folder", type=click.Path(path_type=Path))
def sample(folder: Path) -> None:
    """Copy the sample article to try things out.

    FOLDER is a new folder; it gets the sample article, its sources, and the tagging of two
    annotators.
    """
    from annotator.storage.shipped.sample import copy_sample

    copy_sample(folder)
    click.echo(f"The sample is in {click.format_filename(folder)}.")


def _progress(number: int) -> ProgressBar[int]:
    quiet = number < 100 or not sys.stderr.isatty()
    return click.progressbar(length=number, file=sys.stderr, hidden=quiet)
