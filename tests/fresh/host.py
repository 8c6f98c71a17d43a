"""What a fresh system needs of this one to reach the same packages: nothing here names a host."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from configparser import ConfigParser
from pathlib import Path

CERTIFICATES = Path("/usr/local/share/certificates-of-the-host.pem")
"""Where the bundle stands in a fresh system: a place that no package of Debian writes to."""

_BUNDLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_CARRIED = re.compile(r"PIP_\w+|(http|https|no|all|ftp)_proxy", re.IGNORECASE)
_PATH = re.compile(r"(file://)?(/[^\s'\",;]+)")


def said_by(*command: str) -> str:
    """What a program prints; empty where it is not there or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def bundle() -> Path | None:
    """The certificates that this system trusts, in one file."""
    named = (os.environ.get(name, "") for name in _BUNDLES)
    usual = "/etc/ssl/certs/ca-certificates.crt"
    return next((Path(one) for one in (*named, usual) if one and Path(one).is_file()), None)


def environment() -> dict[str, str]:
    """The variables that say how to reach packages."""
    carried = {name: value for name, value in os.environ.items() if _CARRIED.fullmatch(name)}
    return carried | ({name: str(CERTIFICATES) for name in _BUNDLES} if bundle() else {})


def pip_settings() -> ConfigParser:
    """All that pip's files of settings say, whichever they are."""
    settings = ConfigParser(interpolation=None)
    for line in said_by(sys.executable, "-m", "pip", "config", "list").splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if not section.startswith(":"):  # from the environment
            if not settings.has_section(section):
                settings.add_section(section)
            settings.set(section, key, ast.literal_eval(value).replace("\n", "\n\t"))
    return settings


def apt_settings() -> str:
    """How apt reaches its archives: proxies, certificates, patience."""
    lines = said_by("apt-config", "dump", "Acquire").splitlines()
    ways = re.compile(r"Acquire::(https?|ftp|Retries|Check-Valid-Until)\b", re.IGNORECASE)
    return "".join(f"{line}\n" for line in lines if ways.match(line))


def archive() -> str | None:
    """The address of the Debian archive that this system installs from, if it is a Debian."""
    targets = said_by(
        "apt-get", "indextargets", "--format", "$(ORIGIN)/$(LABEL) $(REPO_URI)",
        "Created-By: Packages",
    )  # fmt: skip
    found = (line.split(" ", 1) for line in targets.splitlines())
    return next((address for who, address in found if who == "Debian/Debian"), None)


def named_paths(texts: Iterable[str]) -> list[Path]:
    """The files and folders of this system that settings name.

    Of an index that is a folder it is the folder around it: its files may lie beside it.
    """
    named = (found for text in texts for found in _PATH.findall(text))
    found = {Path(path).parent if index else Path(path) for index, path in named}
    return sorted(path for path in found if path.exists() and path != CERTIFICATES)
