"""A freshly installed Debian in a folder, in which commands run as on a machine of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from typing import IO

from tests.fresh import host

ENTER = """
set -e
root=$1 user=$2
shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do mount --bind -o ro "$1" "$root$1"; shift; done
shift
exec chroot --userspec="$user" "$root" "$@"
"""
"""Runs in a mount namespace of its own, so that whatever it mounts goes when it ends."""

HOMES = {"root": Path("/", "root"), "anna": Path("/srv/anna")}
SCRIPTS = Path("/usr/share/debootstrap/scripts")


class System:
    """A Debian in ``root``; what its commands print goes to ``log``."""

    def __init__(self, root: Path, log: IO[str]) -> None:
        self.root, self.log = root, log
        self._folders: list[Path] = []

    def install(self, suite: str) -> None:
        """Make it, with what every Debian has and nothing else."""
        # The suites of the future are made by the script of the newest one.
        script = [] if (SCRIPTS / suite).exists() else [str(SCRIPTS / "sid")]
        archive = [host.archive() or "", *script] if script or host.archive() else []
        command = ["debootstrap", "--variant=minbase", suite, str(self.root), *archive]
        subprocess.run(command, stdout=self.log, stderr=self.log, check=True)
        self._carry()
        self.run("useradd", "--create-home", "--home-dir", str(HOMES["anna"]), "anna")

    def _carry(self) -> None:
        """Take over how packages are reached."""
        pip = StringIO()
        host.pip_settings().write(pip)
        self._write("etc/pip.conf", pip.getvalue())
        self._write("etc/apt/apt.conf.d/90host", host.apt_settings())
        for path in (Path("/etc/resolv.conf"), Path("/etc/hosts")):
            self._copy(path, path)
        if bundle := host.bundle():
            self._copy(bundle, host.CERTIFICATES)
        texts = pip.getvalue(), host.apt_settings(), *host.environment().values()
        for path in host.named_paths(texts):
            if path.is_dir():
                self._inside(path).mkdir(parents=True, exist_ok=True)
                self._folders.append(path)
            else:
                self._copy(path, path)

    def _inside(self, path: Path) -> Path:
        return self.root / path.relative_to("/")

    def _write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def _copy(self, path: Path, place: Path) -> None:
        inside = self._inside(place)
        inside.parent.mkdir(parents=True, exist_ok=True)
        inside.unlink(missing_ok=True)
        shutil.copyfile(path, inside)

    def clone(self, checkout: Path) -> Path:
        """The last commit of a checkout, as anna has it; returns its place inside."""
        place = HOMES["anna"] / "annotator"
        command = ["git", "clone", "--quiet", str(checkout), str(self._inside(place))]
        subprocess.run(command, stdout=self.log, stderr=self.log, check=True)
        self.run("chown", "-R", "anna:", str(HOMES["anna"]))
        return place

    def run(self, *command: str, user: str = "root", folder: Path = Path("/")) -> int:
        """Run a command inside; returns its exit code."""
        self.log.write(f"\n$ {' '.join(command)}   ({user})\n")
        self.log.flush()
        there = {
            "HOME": str(HOMES[user]),
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "PWD": str(folder),
        }
        inside = ["env", "-C", str(folder), *command]
        folders = map(str, self._folders)
        enter = ["sh", "-c", ENTER, "enter", str(self.root), user, *folders, "--", *inside]
        return subprocess.run(
            ["unshare", "--mount", *enter],
            env=there | host.environment(),
            stdout=self.log,
            stderr=self.log,
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode

    def megabytes(self, place: Path) -> int:
        """What a folder inside takes."""
        return int(host.said_by("du", "-sm", str(self._inside(place))).split()[0])

    def remove(self) -> None:
        """Delete it; nothing is mounted in it by now."""
        shutil.rmtree(self.root)


def refusal() -> str | None:
    """Why no system can be made here."""
    if os.geteuid() != 0:
        return "Only root can install fresh systems: start this with sudo."
    if not shutil.which("apt-get"):
        return "Fresh systems are made by debootstrap, which is installed from Debian or Ubuntu."
    return None
