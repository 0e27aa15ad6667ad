"""Whether there is a display, and what Qt misses when it cannot be loaded."""

from __future__ import annotations

from collections.abc import Mapping


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether Qt can find a display; where it can draw without one, it need not."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if not platform.startswith("linux") or (chosen and not chosen.startswith(("xcb", "wayland"))):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


LIBRARIES = (
    "On Debian or Ubuntu: apt-get install libglib2.0-0 libegl1 libgl1 libfontconfig1 "
    "libdbus-1-3 libxkbcommon0 libgssapi-krb5-2 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
    "libxcb-shape0 libxkbcommon-x11-0. The other commands work without them."
)


def explain_no_window(reason: str) -> str:
    """Return the line to tell when Qt finds nothing to draw on, with what it said first."""
    return (
        f"Qt cannot open a window here ({' '.join(reason.split())}). Start the program in a "
        f"desktop session; where there is one, system libraries may be missing. {LIBRARIES}"
    )


def explain_missing_libraries(error: ImportError) -> tuple[str, str]:
    """Return what to tell when Qt cannot be loaded: a title and what to install."""
    if isinstance(error, ModuleNotFoundError):
        return (
            f"The window needs a package that is not installed ({error.name})",
            "Install the program again. The other commands work without it.",
        )
    library = str(error).split(":", maxsplit=1)[0]
    return f"The window needs system libraries of Qt that are missing ({library})", LIBRARIES
