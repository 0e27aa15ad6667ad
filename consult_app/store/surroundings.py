"""What this computer says of a folder: its file system, its device, and who keeps it in step.

Whatever the system does not tell stays unknown, and nothing is concluded from that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from consult_app.store.whereabouts import Surroundings, list_names

_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveCommercial": "OneDrive for Business",
    "OneDriveConsumer": "OneDrive",
}
_REMOVABLE, _REMOTE = 2, 4  # what Windows answers for a drive
_MOUNTED = ("/media/", "/run/media/", "/Volumes/")


if sys.platform == "win32":
    import ctypes

    def _ask_windows(path: Path) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\"))

else:

    def _ask_windows(_path: Path) -> int:
        return 0  # other systems tell by the mount


def look_around(folder: Path, environment: Mapping[str, str] = os.environ) -> Surroundings:
    """Return what is known of a folder, which need not be there yet."""
    path = Path(os.path.realpath(folder))
    there = next(above for above in (path, *path.parents) if above.exists())
    kind, point = _find_mount(there)
    return Surroundings(
        path=path,
        names={above: list_names(above) for above in (path, *path.parents)[:-1]},
        synced=_read_variables(environment),
        kind=kind,
        is_network=_ask_windows(path) == _REMOTE,
        is_removable=_ask_windows(path) == _REMOVABLE or f"{point}/".startswith(_MOUNTED),
        device=f"{there.stat().st_dev:x}",
    )


def parse_mounts(text: str) -> dict[str, str]:
    """Return kind of file system by mount point, from Linux's /proc/self/mounts."""
    mounts = {}
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:  # noqa: PLR2004  # device, mount point, kind
            mounts[parts[1].replace("\\040", " ")] = parts[2]
    return mounts


def parse_macos_mounts(text: str) -> dict[str, str]:
    """Return kind of file system by mount point, from what `mount` prints on macOS."""
    mounts = {}
    for line in text.splitlines():
        before, _, options = line.rpartition(" (")
        _, found, point = before.partition(" on ")
        if found:
            mounts[point] = options.split(",")[0].rstrip(")")
    return mounts


def find_mount(path: PurePath, mounts: Mapping[str, str]) -> tuple[str, str]:
    """Return kind and mount point of the file system a path is on; empty when not known."""
    for above in (path, *path.parents):
        if above.as_posix() in mounts:
            return mounts[above.as_posix()], above.as_posix()
    return "", ""


def _find_mount(path: Path) -> tuple[str, str]:
    if sys.platform == "darwin":
        return find_mount(path, parse_macos_mounts(_run_mount()))
    try:
        text = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "", ""
    return find_mount(path, parse_mounts(text))


def _run_mount() -> str:
    try:
        done = subprocess.run(  # a fixed command of the system
            ["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _read_variables(environment: Mapping[str, str]) -> dict[str, PurePath]:
    found = {
        service: environment[name] for name, service in _VARIABLES.items() if environment.get(name)
    }
    return {service: Path(os.path.realpath(root)) for service, root in found.items()}
