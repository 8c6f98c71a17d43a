"""``./dev torture``: plays every kind of torture and prints what it harmed, as a table.

The exit code is 1 where anything was lost or damaged, or ended in a traceback.
"""

from __future__ import annotations

from tests.torture import disk

disk.install()  # before anything of the program is imported

from tests.torture.command import main  # noqa: E402

if __name__ == "__main__":
    main()
