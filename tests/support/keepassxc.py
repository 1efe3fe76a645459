"""KeePassXC's Secret Service, on a message bus and a screen of its own."""

import base64
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MessageType, Properties

from gui.vault.secret_service import open_bus

SERVICE = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service")
COLLECTION = DBusAddress(
    "/org/freedesktop/secrets/aliases/default", "org.freedesktop.secrets", "org.freedesktop.Secret.Collection"
)
_PASSWORD = "make-believe words"
#: One that starts no other keychain.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
_DATABASE = """<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><DatabaseName>Passwords</DatabaseName>
<RecycleBinEnabled>True</RecycleBinEnabled>{custom}</Meta>
<Root><Group><UUID>{group}</UUID><Name>Root</Name></Group></Root></KeePassFile>"""
_EXPOSED = "<CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{{{group}}}</Value></Item></CustomData>"
_SETTINGS = """[General]
ConfigVersion=2
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmDeleteItem=false
ConfirmAccessItem={confirm}
"""


class KeePassXC:
    """The program with one database. Between `with` and its end it is this process's keychain.

    `exposed`: whether the database shares a group with the Secret Service; `asks`: whether it asks about each access.
    """

    def __init__(self, *, exposed: bool = True, asks: bool = False) -> None:
        self._exposed, self._asks = exposed, asks
        self._processes: list[subprocess.Popen[Any]] = []
        self._program: subprocess.Popen[Any] | None = None

    def __enter__(self) -> "KeePassXC":
        # A socket's path has at most 107 characters.
        self._folder = tempfile.TemporaryDirectory(prefix="pk-", dir="/tmp")
        self.root = Path(self._folder.name)
        self._before = dict(os.environ)
        try:
            self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _begin(self) -> None:
        places = {"RUNTIME_DIR": "run", "CONFIG_HOME": "config", "DATA_HOME": "data", "CACHE_HOME": "cache"}
        for name in (*places.values(), "home"):
            (self.root / name).mkdir(mode=0o700)
        (self.root / "bus.conf").write_text(_BUS.format(path=self.root / "run" / "bus"), "utf-8")
        (self.root / "settings.ini").write_text(_SETTINGS.format(confirm=str(self._asks).lower()), "utf-8")
        bus = self._run(
            "dbus-daemon", f"--config-file={self.root}/bus.conf", "--nofork", "--nopidfile", "--print-address=1",
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        screen = self._run(
            "Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset",
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        os.environ.update({f"XDG_{name}": str(self.root / place) for name, place in places.items()})
        os.environ.update(
            HOME=str(self.root / "home"),
            DBUS_SESSION_BUS_ADDRESS=_first_line(bus),
            DISPLAY=f":{_first_line(screen)}",
        )
        group = uuid.uuid4()
        source = self.root / "database.xml"
        source.write_text(
            _DATABASE.format(
                group=base64.b64encode(group.bytes).decode(),
                custom=_EXPOSED.format(group=group) if self._exposed else "",
            ),
            "utf-8",
        )
        subprocess.run(
            ["keepassxc-cli", "import", "-p", str(source), str(self.root / "database.kdbx")],
            input=f"{_PASSWORD}\n{_PASSWORD}\n", text=True, check=True, capture_output=True, timeout=30,
        )  # fmt: skip
        self.start()

    def _run(self, *command: str, **more: Any) -> "subprocess.Popen[Any]":
        process = subprocess.Popen(command, **more)
        self._processes.append(process)
        return process

    def start(self, *, unlocked: bool = True) -> None:
        """Open the database, unlocked or asking for its password, and wait until the bus knows the service."""
        self._program = self._run(
            "keepassxc", "--config", str(self.root / "settings.ini"), "--localconfig", str(self.root / "local.ini"),
            *(["--pw-stdin"] if unlocked else []), str(self.root / "database.kdbx"),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        )  # fmt: skip
        assert self._program.stdin is not None
        if unlocked:
            self._program.stdin.write(f"{_PASSWORD}\n".encode())
        self._program.stdin.close()
        if unlocked:
            # Until it is open, the service gives away a group that it may not share.
            self.wait_until(lambda: "Passwords - KeePassXC" in self.windows(), "the open database")
        if unlocked and not self._exposed:
            return
        self.wait_until(lambda: self._answers(unlocked), "KeePassXC's Secret Service")

    def _answers(self, unlocked: bool) -> bool:
        with contextlib.closing(open_bus()) as bus:
            if not unlocked:
                call = Properties(SERVICE).get("Collections")
                return bus.send_and_get_reply(call, timeout=5).header.message_type == MessageType.method_return
            locked = Properties(COLLECTION).get("Locked")
            answer = bus.send_and_get_reply(locked, timeout=5)
            return answer.header.message_type == MessageType.method_return and answer.body == (("b", False),)

    @contextlib.contextmanager
    def saving(self) -> Iterator[None]:
        """Wait until what is written meanwhile is in the file: it saves a moment after it has answered."""
        file = self.root / "database.kdbx"
        before = file.stat()
        yield
        self.wait_until(lambda: file.stat().st_ino != before.st_ino, "the saved database")
        time.sleep(0.2)

    def kill(self) -> None:
        assert self._program is not None
        self._program.kill()
        self._program.wait(5)

    def windows(self) -> list[str]:
        """The titles of what it shows."""
        return [_xdotool("getwindowname", one).strip() for one in _windows_named(".")]

    def wait_for(self, title: str) -> None:
        """Wait until it shows a window of this title."""
        self.wait_until(lambda: any(title in one for one in self.windows()), f"the window {title!r}")

    def press(self, title: str, *keys: str) -> None:
        """Press keys in the window of this title, once it shows, as its person would."""
        self.wait_for(title)
        time.sleep(0.3)  # Without a window manager nothing says that it takes keys.
        subprocess.run(
            ["xdotool", "windowfocus", "--sync", _windows_named(title)[0], "key", *keys], check=True, timeout=10
        )

    def wait_until(self, condition: Any, what: str, seconds: float = 60) -> None:
        """Wait for something; where it does not come, say whether the program still runs."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                ended = self._program.poll() if self._program is not None else None
                raise TimeoutError(f"{what} did not come; windows {self.windows()}, exit code {ended}")
            time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        if self._program is not None and self._program.poll() not in {None, -signal.SIGKILL}:
            # Nobody ended it: where a test failed, this is why.
            sys.stderr.write(f"KeePassXC ended by itself (exit code {self._program.returncode})\n")
        for process in reversed(self._processes):
            process.kill()
            process.wait(5)
        os.environ.clear()
        os.environ.update(self._before)
        self._folder.cleanup()


def _first_line(process: "subprocess.Popen[Any]") -> str:
    assert process.stdout is not None
    return str(process.stdout.readline()).strip()


def _xdotool(*words: str) -> str:
    """What it says; nothing where a window has just gone."""
    return subprocess.run(["xdotool", *words], check=False, capture_output=True, text=True, timeout=10).stdout


def _windows_named(title: str) -> list[str]:
    return _xdotool("search", "--onlyvisible", "--name", title).split()
