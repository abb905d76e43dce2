"""What must be there before Qt is loaded: a display that answers, and the libraries that Qt takes from the system.

Qt itself answers a missing one with an abort and a core dump, and says "xcb-cursor0 is needed" also when there is
simply no display. Here the two are told apart, cheaply and in words. On macOS and Windows there is nothing to check.
"""

import ctypes
import os
import sys

from player import resource

OLDEST_GLIBC = (2, 34)

_PREFIXES = {"wayland": ("libwayland-",), "xcb": ("libxcb", "libX11-xcb.", "libxkbcommon-x11.")}
_WITHOUT_A_WINDOW = (
    "Without a window, `outspoken outline FILE` prints the outline of a recording and `outspoken list` shows every "
    "recording with its place."
)


def check_display() -> str | None:
    """One paragraph for the listener when no window can be shown here, or None when a display answers.

    None also where that cannot be found out because the client library itself is missing: see ``check_libraries``.
    """
    if not _is_display_needed():
        return None
    displays = _named_displays()
    if not displays:
        return (
            "Outspoken cannot open its window, because there is no display here: neither DISPLAY nor WAYLAND_DISPLAY "
            f"is set. Start it from a graphical session, or over ssh with `ssh -X`. {_WITHOUT_A_WINDOW}"
        )
    # Qt tries one after the other, so a single one that answers is enough.
    if any(_x11_answers() if name == "xcb" else _wayland_answers() for name in displays):
        return None
    said = " and ".join(displays.values())
    return (
        f"Outspoken cannot open its window, because the display ({said}) does not answer or does not let this user in. "
        "Start it from a terminal inside the graphical session, as the user who is logged in there. "
        f"{_WITHOUT_A_WINDOW}"
    )


def check_libraries() -> str | None:
    """One paragraph for the listener when a system library is missing or too old, or None when Qt can be loaded."""
    if sys.platform != "linux":
        return None
    glibc = _glibc()
    if glibc and glibc < OLDEST_GLIBC:
        return (
            f"Outspoken cannot open its window, because the C library of this system is glibc {_dotted(glibc)} and Qt "
            f"needs {_dotted(OLDEST_GLIBC)} or newer, as in Debian 12 and Ubuntu 22.04. {_WITHOUT_A_WINDOW}"
        )
    missing = _missing_libraries()
    if not missing:
        return None
    if _is_debian_like():
        packages = " ".join(dict.fromkeys(missing.values()))
        cure = f"This line brings what is missing: `sudo apt install {packages}`."
    else:
        cure = "The packages of your system that hold them bring what is missing."
    return (
        f"Outspoken cannot open its window, because this system lacks {', '.join(missing)}. {cure} {_WITHOUT_A_WINDOW}"
    )


def _asked_platforms() -> list[str]:
    """The Qt platforms that the listener asks for, such as "xcb" or "offscreen". None asked: Qt chooses."""
    names = [name.partition(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    return ["wayland" if name.startswith("wayland") else name for name in names if name]


def _is_display_needed() -> bool:
    return sys.platform == "linux" and all(name in ("wayland", "xcb") for name in _asked_platforms())


def _named_displays() -> dict[str, str]:
    """Platform -> the display that the environment names for it, as the listener would write it."""
    named = {
        platform: f"{variable}={os.environ[variable]}"
        for platform, variable in (("wayland", "WAYLAND_SOCKET"), ("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
        if os.environ.get(variable)
    }
    asked = _asked_platforms()
    return {platform: display for platform, display in named.items() if not asked or platform in asked}


def _load(library: str) -> ctypes.CDLL | None:
    """The system library of that name, or None. Qt will need the same ones, so the work is not done twice."""
    try:
        return ctypes.CDLL(library)
    except OSError:
        return None


def _x11_answers() -> bool:
    """Whether DISPLAY leads to a server that lets this user in: asked through the library that Qt will use."""
    xcb = _load("libxcb.so.1")
    if xcb is None:
        return True  # nobody refused; the missing library has a sentence of its own
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers


def _wayland_answers() -> bool:
    """Whether WAYLAND_DISPLAY leads to a compositor: asked through the library that Qt will use."""
    wayland = _load("libwayland-client.so.0")
    if wayland is None or os.environ.get("WAYLAND_SOCKET"):
        return True  # an inherited socket can be opened only once, and that is for Qt to do
    if not os.environ["WAYLAND_DISPLAY"].startswith("/") and not os.environ.get("XDG_RUNTIME_DIR"):
        return False  # the library would say so itself, on standard error
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    if display is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return True


def _missing_libraries() -> dict[str, str]:
    """Library -> Debian package of what Qt needs here and the system lacks."""
    missing = {library: package for library, package in _needed_libraries().items() if not _load(library)}
    everywhere = {library: package for library, package in missing.items() if _platform_of(library) is None}
    displays = _named_displays() if _is_display_needed() else {}
    by_platform = [
        {library: package for library, package in missing.items() if _platform_of(library) == platform}
        for platform in displays
    ]
    # One platform that can be loaded is enough: Qt takes the next when the first one fails.
    return everywhere | min(by_platform, key=len, default={})


def _platform_of(library: str) -> str | None:
    """The platform that alone needs this library, or None when every window does."""
    return next((platform for platform, prefixes in _PREFIXES.items() if library.startswith(prefixes)), None)


def _needed_libraries() -> dict[str, str]:
    """Library -> Debian package, as ``resources/apt.txt`` lists them."""
    lines = resource.path("apt.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {library: package for package, *libraries in rows for library in libraries}


def _is_debian_like() -> bool:
    import platform  # only on the way out: it costs as much as all the rest

    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return False
    return "debian" in [system["ID"], *system.get("ID_LIKE", "").split()]


def _glibc() -> tuple[int, ...] | None:
    """The version of glibc, or None where there is another C library."""
    try:
        said = os.confstr("CS_GNU_LIBC_VERSION")
    except ValueError:
        return None
    return tuple(int(part) for part in said.split()[1].split(".")) if said else None


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
