"""Half a minute of ``./dev torture``, from the same seed each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.kinds import KINDS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="kills, limits and faults are those of Linux"
)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_nothing_is_lost_damaged_or_ends_in_a_traceback(kind: str, root: Path) -> None:
    sample = ("--sample", "--seed", "1", "--cores", "1")
    ended = _ran(root, "-m", "tests.torture", "--only", kind, *sample)
    assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"
    assert f"| {kind} " in ended.stdout


TOY = """
import os, signal, sys
from pathlib import Path
from tests.torture import disk
disk.install()
from tests.torture.rounds import Kind
from tests.torture.running import Plan, play
from tests.torture.table import drawn, failures, harmed

def fail(one, outcome):
    outcome.counts["tries"] += 1
    if one.number == 1:
        outcome.lost("the edit")
    if one.number == 2:
        raise KeyError("nobody caught this")
    if one.number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    if one.number == 7:
        disk.arm(one.home, 2, disk.Fault(28))
        (one.home / "a").write_bytes(b"a")

kind = Kind("toy", fail, "{tries} tries", 2, 9, 1)
tally = play(kind, Plan(1, Path(sys.argv[1]), 2, 0, lambda number: number < 9))
print(*failures(tally, 1), drawn([tally], 1), harmed([tally]), sep="\\n")
"""


def test_whatever_goes_wrong_is_told_with_the_round_that_shows_it(
    root: Path, tmp_path: Path
) -> None:
    told = _ran(root, "-c", TOY, str(tmp_path)).stdout
    assert "8 tries" in told
    assert "lost: the edit" in told
    assert "KeyError: 'nobody caught this'" in told
    assert "the process: killed" in told
    assert "No space left on device" in told
    for number in (1, 2, 5, 7):
        assert f"./dev torture --only toy --seed 1 --round {number}\n" in told
    assert told.endswith("True\n")
    assert list(tmp_path.iterdir()) == [], "nothing of it is left on the disk"


def _ran(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
