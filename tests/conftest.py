"""The test run's own session: a private message bus and keychain, memory instead of a screen, one QApplication."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["QT_QPA_PLATFORM"] = os.environ.get("PAGE_KEYS_TEST_PLATFORM", "offscreen")
for _name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ["QT_QPA_PLATFORM"] == "offscreen" else ():
    os.environ.pop(_name, None)

from tests.support import systems, texts

# Before anything that shows a text is imported.
texts.listen()

from gui.tour import quiet_platform
from gui.tour.private_session import PrivateSession

SESSION = PrivateSession()


def _runs_tests(config: pytest.Config) -> bool:
    """Whether tests run in this process: pytest-xdist's first one only hands them out."""
    return hasattr(config, "workerinput") or not config.getoption("numprocesses", None)


def pytest_configure(config: pytest.Config) -> None:
    if not _runs_tests(config):
        return
    missing = PrivateSession.missing()
    if missing:
        raise pytest.UsageError(f"install first: {', '.join(missing)} (`make test` does it)")
    quiet_platform()
    SESSION.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _runs_tests(config):
        SESSION.stop()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if systems.can_import(collection_path, config.rootpath) else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    systems.skip_missing(items)


def pytest_report_header() -> list[str]:
    return [f"not run here: {name} ({reason})" for name, reason in systems.missing_here().items()]


@pytest.fixture(scope="session")
def private_session() -> PrivateSession:
    return SESSION


@pytest.fixture(autouse=True)
def keychain_of_ours() -> Iterator[None]:
    """A test in which the keychain service ends fails by itself; those after it have one again."""
    yield
    if not SESSION.is_keyring_ours():
        # Where nobody stopped it, this says why it ended.
        sys.stderr.write(SESSION.keyring_log())
        SESSION.start_keyring()


@pytest.fixture(scope="session")
def qapp() -> Iterator[object]:
    from gui.app import make_application

    yield make_application(["page-keys"])


@pytest.fixture
def practice() -> Iterator[object]:
    """A practice Facebook with 240 agency Pages."""
    from gui.jobs import Background
    from gui.practice.server import PracticeServer
    from gui.practice.world import World

    server = PracticeServer(World(pages=240))
    serving = Background(server.serve, server.stop)
    yield server
    serving.stop()


@pytest.fixture
def open_vault(tmp_path: Path) -> Iterator[Callable[[], object]]:
    """Opens the vault of this test, again and again if wanted, in the real keychain."""
    from gui.vault.keychain import Keychain
    from gui.vault.vault import Vault

    opened: list[Vault] = []
    service = f"Page Keys test {tmp_path.name}"

    def make() -> Vault:
        opened.append(Vault(tmp_path / "profile", Keychain(service)))
        return opened[-1]

    yield make
    for vault in opened:
        vault.close()
    if opened:
        SESSION.forget(service)


@pytest.fixture
def session(practice, open_vault) -> Iterator[object]:
    """A session at the practice Facebook."""
    from gui.services.session import Session
    from gui.values import Site

    made = Session(Site(practice.url, practice.url), open_vault, clock=lambda: practice.world.now())
    yield made
    made.close()
