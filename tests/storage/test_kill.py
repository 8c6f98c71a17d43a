from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

from annotator.storage.disk.contents import digest
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.folder import Folder
from tests.storage.conftest import Open

ROOT = Path(__file__).parents[2]
TIMES = 50


def test_no_confirmed_change_is_lost_when_the_program_is_killed(
    folder: Folder, open_as: Open
) -> None:
    dice, found = random.Random(1), state(open_as)
    for seed in range(TIMES):
        # Every other time from outside, wherever it is, or just before a call to the disk.
        inside = seed % 2 == 1
        lines, call = (None, dice.randrange(1, 40)) if inside else (dice.randrange(2, 25), None)
        told = told_until_killed(folder, seed, lines, call)
        confirmed = [found, *(digest for word, digest in told if word == "done")]
        # The last change may be on the disk although the kill came before its "done".
        found = state(open_as)
        assert found in {confirmed[-1], *(digest for _, digest in told[-1:])}


def told_until_killed(
    folder: Folder, seed: int, lines: int | None, call: int | None
) -> list[tuple[str, str]]:
    """What the child said until it was killed, when ``lines`` had come or by itself."""
    command = [sys.executable, "-m", "tests.storage.tagging_child", str(folder.path), str(seed)]
    command += [str(call)] if call else []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        told = [child.stdout.readline() for _ in range(lines or 0)]
        if lines:
            child.kill()
        told += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    return [(word, digest) for word, digest in (line.split() for line in told)]


def state(open_as: Open) -> str:
    """The digest of what a new opening finds; it is left as it was found."""
    session = open_as().session
    assert session.read_only is None
    try:
        return digest(document_bytes(session.document()))
    finally:
        session.abandon()
