"""The tour: the whole job by itself in the real window on the practice Facebook, a picture a step."""

import os
import sys
from pathlib import Path


def quiet_platform() -> None:
    """Without a screen Qt draws into memory; as root the web engine cannot have its sandbox."""
    if sys.platform.startswith("linux"):
        if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if os.geteuid() == 0:
            os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"


def run_tour(folder: Path) -> int:
    """Do it all, write pictures and steps.json into `folder`; 0 only if every step showed what it must."""
    from gui.tour.private_session import PrivateSession

    missing = PrivateSession.missing()
    if missing:
        print(f"The tour uses a keychain of its own. First install: {', '.join(missing)}", file=sys.stderr)
        return 2
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    quiet_platform()
    private_session = PrivateSession()
    try:
        private_session.start()
        from gui.tour.tour import Tour

        return Tour(folder, private_session).run()
    finally:
        private_session.stop()
