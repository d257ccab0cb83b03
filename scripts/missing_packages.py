"""Names the system packages that are missing here, in the words of apt, dnf or pacman.

`missing_packages.py run|dev apt|dnf|pacman` prints them on one line, nothing when all is there.
`--wished` names those that would be nice to have instead. Looks for the libraries and programs
themselves, not at a package database, so that it answers on every Linux.
"""

import ctypes
import importlib.util
import shutil
import sys
from pathlib import Path

# for: run, dev (only for tests and benchmarks) or wish. "-": no package of its own there.
NEEDS = """
# for what                       apt                 dnf                   pacman
run  module:ensurepip            python{v}-venv      -                     -
run  lib:libglib-2.0.so.0        libglib2.0-0        glib2                 glib2
run  lib:libdbus-1.so.3          libdbus-1-3         dbus-libs             dbus
run  lib:libEGL.so.1             libegl1             libglvnd-egl          libglvnd
run  lib:libGL.so.1              libgl1              libglvnd-glx          libglvnd
run  lib:libfontconfig.so.1      libfontconfig1      fontconfig            fontconfig
run  lib:libgssapi_krb5.so.2     libgssapi-krb5-2    krb5-libs             krb5
run  lib:libX11-xcb.so.1         libx11-xcb1         libX11-xcb            libx11
run  lib:libxkbcommon.so.0       libxkbcommon0       libxkbcommon          libxkbcommon
run  lib:libxkbcommon-x11.so.0   libxkbcommon-x11-0  libxkbcommon-x11      libxkbcommon-x11
run  lib:libxcb-cursor.so.0      libxcb-cursor0      xcb-util-cursor       xcb-util-cursor
run  lib:libxcb-icccm.so.4       libxcb-icccm4       xcb-util-wm           xcb-util-wm
run  lib:libxcb-image.so.0       libxcb-image0       xcb-util-image        xcb-util-image
run  lib:libxcb-keysyms.so.1     libxcb-keysyms1     xcb-util-keysyms      xcb-util-keysyms
run  lib:libxcb-randr.so.0       libxcb-randr0       libxcb                libxcb
run  lib:libxcb-render-util.so.0 libxcb-render-util0 xcb-util-renderutil   xcb-util-renderutil
run  lib:libxcb-render.so.0      libxcb-render0      libxcb                libxcb
run  lib:libxcb-shape.so.0       libxcb-shape0       libxcb                libxcb
run  lib:libxcb-shm.so.0         libxcb-shm0         libxcb                libxcb
run  lib:libxcb-sync.so.1        libxcb-sync1        libxcb                libxcb
run  lib:libxcb-util.so.1        libxcb-util1        xcb-util              xcb-util
run  lib:libxcb-xfixes.so.0      libxcb-xfixes0      libxcb                libxcb
run  lib:libxcb-xkb.so.1         libxcb-xkb1         libxcb                libxcb
run  lib:libwayland-client.so.0  libwayland-client0  libwayland-client     wayland
run  lib:libwayland-cursor.so.0  libwayland-cursor0  libwayland-cursor     wayland
run  lib:libwayland-egl.so.1     libwayland-egl1     libwayland-egl        wayland
run  program:notify-send         libnotify-bin       libnotify             libnotify
wish font:Inter                  fonts-inter         rsms-inter-fonts      inter-font
dev  program:Xvfb                xvfb                xorg-x11-server-Xvfb  xorg-server-xvfb
dev  program:xauth               xauth               xorg-x11-xauth        xorg-xauth
dev  program:dbus-daemon         dbus                dbus-daemon           dbus
dev  program:dbus-send           dbus                dbus-tools            dbus
dev  program:dunst               dunst               dunst                 dunst
dev  file:xfce4/notifyd/xfce4-notifyd  xfce4-notifyd  xfce4-notifyd       xfce4-notifyd
dev  program:gdbus               libglib2.0-bin      glib2                 glib2
dev  program:openbox             openbox             openbox               openbox
dev  program:xdotool             xdotool             xdotool               xdotool
dev  program:import              imagemagick         ImageMagick           imagemagick
dev  program:gcc                 gcc                 gcc                   gcc
dev  header:time.h               libc6-dev           glibc-devel           glibc
dev  program:pulseaudio          pulseaudio          -                     -
dev  program:espeak-ng            espeak-ng           espeak-ng             espeak-ng
dev  program:spd-say              speech-dispatcher   speech-dispatcher-utils speech-dispatcher
dev  program:parec               pulseaudio-utils    pulseaudio-utils      libpulse
dev  program:unshare             util-linux          util-linux            util-linux
"""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def is_here(what: str) -> bool:
    """Whether `kind:name` can be loaded, started or shown."""
    kind, name = what.split(":")
    match kind:
        case "lib":
            try:
                ctypes.CDLL(name)
            except OSError:
                return False
            return True
        case "program":
            return shutil.which(name) is not None
        case "module":
            return importlib.util.find_spec(name) is not None
        case "font":
            return any(any(Path(f).expanduser().rglob(f"{name}*.[ot]t*")) for f in FONT_FOLDERS)
        case "file":
            # Programs that others start; Debian has a folder for each kind of machine.
            return any(any(Path("/usr").glob(f"{lib}/{name}")) for lib in ("lib*", "lib/*"))
        case "header":
            return Path("/usr/include", name).exists()
        case _:
            raise ValueError(what)


def missing(purposes: set[str], manager: str) -> list[str]:
    """The packages to install with this manager, each once, in the order of the table."""
    column = {"apt": 2, "dnf": 3, "pacman": 4}[manager]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    rows = [line.split() for line in NEEDS.splitlines() if line and not line.startswith("#")]
    lacking = [row[column] for row in rows if row[0] in purposes and not is_here(row[1])]
    return [name.format(v=version) for name in dict.fromkeys(lacking) if name != "-"]


def main() -> None:
    """Print what the command line asks for."""
    arguments = [word for word in sys.argv[1:] if word != "--wished"]
    purposes = {"wish"} if "--wished" in sys.argv else {"run", arguments[0]}
    print(*missing(purposes, arguments[1]))


if __name__ == "__main__":
    main()
