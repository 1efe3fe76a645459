"""A session opens its vault once, shares one connection to Facebook, and closes both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph import calls
from gui.services.explain import version_kind, version_message
from gui.services.health import read_health, trouble_message
from gui.services.session import Session
from gui.values import AppCredentials, Secret, Site, Tone, VersionDiffers
from gui.vault.errors import VaultError
from tests.support.people import JOB, Collected, app_of


@pytest.fixture
def counted(practice, open_vault):
    """A session, and the vaults that were opened for it."""
    vaults = []

    def opening():
        vaults.append(open_vault())
        return vaults[-1]

    session = Session(Site(practice.url, practice.url), opening, clock=lambda: 1_800_000_000.9)
    yield session, vaults
    session.close()


def test_the_vault_is_opened_at_its_first_use_and_once(counted):
    session, vaults = counted
    assert vaults == []
    assert session.vault is session.vault
    assert [session.vault] == vaults
    assert session.folder == vaults[0].database.folder
    assert session.folder.is_dir()


def test_a_session_that_was_not_used_opens_nothing_to_close(counted):
    session, vaults = counted
    session.close()
    assert vaults == []


def test_a_vault_that_does_not_open_is_tried_again_at_the_next_use(open_vault):
    answers = [VaultError("keychain_locked")]

    def opening():
        if answers:
            raise answers.pop()
        return open_vault()

    session = Session(Site(), opening)
    with pytest.raises(VaultError) as caught:
        assert session.vault
    assert caught.value.kind == "keychain_locked"
    assert session.vault.apps() == []
    session.close()


def test_a_closed_session_has_closed_its_vault(counted):
    session, vaults = counted
    assert session.vault.apps() == []
    session.close()
    with pytest.raises(VaultError):
        vaults[0].apps()


def test_now_is_the_clocks_whole_second(counted):
    assert counted[0].now() == 1_800_000_000
    assert Session(Site(), counted[0].open_vault, clock=lambda: 0.0).now() == 0


def test_clients_of_several_apps_share_one_connection_and_keep_their_own_version(counted, practice):
    session, _ = counted
    one = session.client(app_of(practice), JOB)
    other = session.client(AppCredentials("12345", Secret(""), version="v24.0"), JOB)
    assert one._session is other._session
    assert (one.version, other.version) == ("v25.0", "v24.0")
    assert calls.app_name(one, app_of(practice)) == "Practice App"


def test_a_session_shows_no_secret(counted, practice):
    session, _ = counted
    session.vault.keep_app(app_of(practice))
    session.client(app_of(practice), JOB)
    assert app_of(practice).secret.reveal() not in repr(session)


# --------------------------------------------------------------- the version that answered
@pytest.mark.parametrize(
    ("trouble", "used", "kind", "says"),
    [
        ("version_newer", "v27.0", "version_newer", "That does not mean that v25.0 has ended"),
        ("version_forward", "v21.0", "version_older", "older than v25.0"),
    ],
)
def test_another_version_that_answers_is_said_once_a_run_and_stands_in_health(
    counted, practice, trouble, used, kind, says
):
    session, _ = counted
    session.vault.keep_app(app_of(practice))
    practice.world.faults.on(trouble)
    first, second = Collected(), Collected()
    for job in (first, first, second):
        calls.app_name(session.client(app_of(practice), job), app_of(practice))
    assert first.reports == [VersionDiffers("v25.0", used)]
    assert second.reports == []
    (one,) = [trouble for trouble in read_health(session, JOB).troubles if trouble.kind.startswith("version")]
    assert (one.kind, one.subject, one.code) == (kind, used, "v25.0")
    said, notice = trouble_message(session, one), version_message("v25.0", used)
    for message in (said, notice):
        assert says in f"{message.title} {message.text}"
        assert used in message.title
        assert message.tone is Tone.SOON
    assert "has ended" not in f"{said.title} {said.text}".replace("does not mean that v25.0 has ended", "")
    practice.world.faults.off()
    calls.app_name(session.client(app_of(practice), JOB), app_of(practice))
    assert not [one for one in read_health(session, JOB).troubles if one.kind == kind], "it answers as asked again"


@given(st.integers(2, 40), st.integers(0, 30), st.integers(2, 40), st.integers(0, 30))
def test_versions_are_compared_as_numbers(major, minor, other_major, other_minor):
    asked, used = f"v{major}.{minor}", f"v{other_major}.{other_minor}"
    newer = (other_major, other_minor) > (major, minor)
    assert version_kind(asked, used) == ("version_newer" if newer else "version_older")
