"""The house keeps its rules: what may import what, and nothing grows into a giant."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "annotator"

ROOMS = {
    "core": {"core"},
    "storage": {"storage", "core"},
    "suggest": {"suggest", "storage", "core"},
    # What belongs to the words of a language ("che", "la") stands in its rules, and only there.
    "review": {"review", "suggest", "storage", "core"},
    "formats": {"formats", "storage", "core"},
    "ui": {"ui", "review", "suggest", "formats", "storage", "core"},
    "command_line": {"formats", "core"},
    "cli": {"cli", "command_line", "ui", "review", "suggest", "formats", "storage", "core"},
    "start": {"start", "cli", "ui", "storage", "core"},
}
"""Each room with those it may import. A sideways arrow is added here, with its reason."""

FILES_AND_SCREEN = {"io", "os", "pathlib", "shutil", "subprocess", "sys", "tempfile", "logging"}

SHARED_NAMES: set[str] = set()
"""Names of classes that live in several modules, each with the reason."""

LONG, TOO_LONG = 400, 600
"""Lines of a file: from the first on it is named in the summary, from the second on refused."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    """The room of ``annotator.room.…``; the doors ``__init__`` and ``__main__`` are in none."""
    name = [*module.split("."), ""][1]
    return "" if name.startswith("_") else name


def imports(path: Path) -> set[str]:
    """Every module that the file names in an import, wherever in it that stands."""
    found = set[str]()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: name the module in full"
            assert node.module
            found |= {as_module(node.module, alias.name) for alias in node.names}
    return found


def as_module(package: str, name: str) -> str:
    """``from package import name`` may mean a module of the package or a name in it."""
    inside = ROOT.joinpath(*package.split("."), name)
    return f"{package}.{name}" if inside.with_suffix(".py").exists() else package


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def top(module: str) -> str:
    return module.partition(".")[0]


def test_the_rule_sees_imports_of_every_form(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        "import os.path\nfrom annotator.core import model\n"
        "def late():\n    from annotator.core.model import Span\n    import PySide6\n"
    )
    assert imports(code) == {"os.path", "annotator.core.model", "PySide6"}


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_point_down(path: Path) -> None:
    here = room(module_name(path))
    there = {room(name) for name in imports(path) if top(name) == "annotator"} - {""}
    if here:
        assert there <= ROOMS[here]


def test_imports_make_no_circle() -> None:
    # Types count too: what names a type of another module depends on that module.
    arrows = {module_name(path): imports(path) for path in modules()}
    TopologicalSorter(arrows).prepare()


def test_the_root_alone_knows_the_window_and_only_the_start_knows_the_root() -> None:
    assert importers("annotator.ui.window") == {"annotator.ui.app"}
    assert importers("annotator.ui.app") == {"annotator.ui.program"}


def importers(module: str) -> set[str]:
    """The modules that import one."""
    return {module_name(path) for path in modules() if module in imports(path)}


def test_a_name_of_a_class_is_the_name_of_one_class() -> None:
    classes = [
        node.name
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    ]
    assert not {name for name, times in Counter(classes).items() if times > 1} - SHARED_NAMES


def test_the_top_of_the_window_holds_a_dozen_files() -> None:
    assert len(list((PACKAGE / "ui").glob("*.py"))) <= 13  # with __init__


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_only_the_window_knows_qt(path: Path) -> None:
    if room(module_name(path)) != "ui":
        assert not {"PySide6", "shiboken6"} & set(map(top, imports(path)))


@pytest.mark.parametrize("path", sorted((PACKAGE / "core").rglob("*.py")), ids=module_name)
def test_the_core_touches_no_file_and_prints_nothing(path: Path) -> None:
    assert not FILES_AND_SCREEN & set(map(top, imports(path)))
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not {"open", "print", "input"} & names


def test_what_is_imported_is_what_the_wheel_asks_for() -> None:
    from tests.test_pins import asked_for

    program, extras = (
        {requirement.name.lower() for requirement in asked_for(whom)}
        for whom in ("program", "extras")
    )
    assert distributions(modules()) <= program | extras


def distributions(paths: list[Path]) -> set[str]:
    """The names of the packages that modules import from, our own left out."""
    third_party = {top(name) for path in paths for name in imports(path)}
    dists = packages_distributions()
    used = {dist.lower() for name in third_party for dist in dists.get(name, ())}
    return {dist.replace("_", "-") for dist in used} - {"source-attribution-annotator"}


def test_what_needs_an_extra_is_imported_when_it_is_used() -> None:
    from tests.test_pins import asked_for

    extras = {requirement.name.lower() for requirement in asked_for("extras")}
    dists = packages_distributions()
    for path in modules():
        early = {top(name) for name in imports_at_start(path)}
        assert not extras & {dist.lower() for name in early for dist in dists.get(name, ())}, path


def imports_at_start(path: Path) -> set[str]:
    """What a module imports when it is imported itself."""
    found = set[str]()
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.filterwarnings("default:.* lines long:UserWarning")
@pytest.mark.parametrize("folder", ["annotator", "tests"])
def test_no_file_grows_into_a_giant(folder: str) -> None:
    lengths = lines_of(ROOT / folder)
    for path, length in lengths.items():
        if length >= LONG:
            warnings.warn(f"{path.relative_to(ROOT)} is {length} lines long", stacklevel=1)
    assert not {str(path): length for path, length in lengths.items() if length >= TOO_LONG}


def lines_of(folder: Path) -> dict[Path, int]:
    return {path: path.read_text("utf-8").count("\n") for path in folder.rglob("*.py")}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "misc", "common", "manager"}
    assert not [path for path in modules() if drawers & set(path.stem.split("_"))]


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_what_is_public_says_what_it_is_for(path: Path) -> None:
    public = [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    ]
    assert not [node.name for node in public if not ast.get_docstring(node)]
    assert ast.get_docstring(tree(path))
