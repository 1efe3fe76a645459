"""An app is kept once Facebook has proved that App ID and App secret belong together; old versions are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.services.setup import VERSIONS, proved_steps, verify_app, version_warning
from gui.values import DEFAULT_VERSION, AppCredentials, Secret, StoredLogin, VersionDiffers
from tests.support.people import JOB, Collected, app_of


@pytest.mark.parametrize(
    ("version", "today", "warning"),
    [
        ("v26.0", date(2099, 1, 1), ""),
        ("v22.0", date(2027, 2, 18), ""),
        ("v22.0", date(2027, 2, 19), "Graph v22.0 ends on 20 May 2027, according to Facebook. Choose a newer one."),
        ("v22.0", date(2027, 5, 20), "Graph v22.0 ends on 20 May 2027, according to Facebook. Choose a newer one."),
        ("v22.0", date(2027, 5, 21), "Graph v22.0 ended on 20 May 2027, according to Facebook. Choose a newer one."),
        ("v99.0", date(2027, 1, 1), "Page Keys does not know Graph v99.0. "
            f"It is used as you chose; {DEFAULT_VERSION} is the safe choice."),
        ("", date(2027, 1, 1), "Page Keys does not know Graph . "
            f"It is used as you chose; {DEFAULT_VERSION} is the safe choice."),
    ],
)  # fmt: skip
def test_a_version_that_ends_is_told_ninety_days_before(version, today, warning):
    assert version_warning(version, today) == warning


@given(st.sampled_from(sorted(VERSIONS)), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_a_warning_comes_exactly_when_the_end_is_near(version, today):
    end = VERSIONS[version]
    assert bool(version_warning(version, today)) is (end is not None and end - today <= timedelta(days=90))


def test_the_versions_are_newest_first_and_the_usual_one_is_among_them():
    numbers = [float(version.removeprefix("v")) for version in VERSIONS]
    assert numbers == sorted(numbers, reverse=True)
    ends = [end for end in VERSIONS.values() if end is not None]
    assert ends == sorted(ends, reverse=True)
    assert DEFAULT_VERSION in VERSIONS


def test_a_right_pair_is_kept_with_the_apps_name(session, practice):
    app = app_of(practice)
    proven_app = verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", JOB)
    assert proven_app == AppCredentials(app.app_id, app.secret, "Practice App", DEFAULT_VERSION, "")
    assert session.vault.app(app.app_id) == proven_app


def test_what_was_typed_around_them_is_left_out(session, practice):
    app = app_of(practice)
    proven_app = verify_app(
        session,
        f" “{app.app_id}”\n",
        Secret(f"\t{app.secret.reveal().upper()}\u200b "),
        "v24.0",
        " 77 ",
        JOB,
    )
    assert proven_app == AppCredentials(app.app_id, app.secret, "Practice App", "v24.0", "77")
    assert session.vault.app(app.app_id) == proven_app


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        ("wrong_secret", "secret_wrong"),
        ("app_unknown", "app_unknown"),
        ("app_deleted", "app_deleted"),
        ("native_desktop", "native_desktop"),
        ("app_role_needed", "app_in_development"),
        ("limit_user", "limit"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(session, practice, trouble, kind):
    app = app_of(practice)
    practice.world.faults.on(trouble)
    with pytest.raises(UserError) as caught:
        verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", Collected())
    assert caught.value.kind == kind
    assert session.vault.apps() == []


def test_the_secret_of_another_app_is_a_wrong_one_and_is_not_shown(session, practice):
    app, other = practice.world.apps
    with pytest.raises(UserError) as caught:
        verify_app(session, app.id, Secret(other.secret), DEFAULT_VERSION, "", JOB)
    assert caught.value.kind == "secret_wrong"
    assert caught.value.__cause__ is None
    assert other.secret not in f"{caught.value!r} {caught.value.details} {caught.value.values}"
    assert session.vault.apps() == []


def test_a_wrong_secret_leaves_the_one_that_was_kept(session, practice):
    app = app_of(practice)
    verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", JOB)
    with pytest.raises(UserError):
        verify_app(session, app.app_id, Secret("0" * 32), DEFAULT_VERSION, "", JOB)
    assert session.vault.app(app.app_id).secret == app.secret


def test_another_version_that_answers_is_told(session, practice):
    app = app_of(practice)
    practice.world.faults.on("version_forward")
    job = Collected()
    verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", job)
    assert job.reports == [VersionDiffers(DEFAULT_VERSION, "v21.0")]
    practice.world.faults.off()
    job = Collected()
    verify_app(session, app.app_id, app.secret, DEFAULT_VERSION, "", job)
    assert job.reports == []


def test_what_is_done_at_meta_is_known_by_the_app_and_those_connected_through_it():
    app = AppCredentials("180", Secret("s"), "App")
    assert set(proved_steps(app, ())) == {"create_app", "app_advanced"}
    other = StoredLogin(1, "999", "Other", "1", "Nils", scopes=("pages_read_engagement",))
    assert set(proved_steps(app, (other,))) == {"create_app", "app_advanced"}
    amira = StoredLogin(2, "180", "App", "2", "Amira", scopes=("pages_show_list",))
    steps = proved_steps(app, (other, amira))
    assert set(steps) == {"create_app", "app_advanced", "login_settings", "app_roles"}
    assert "Amira" in steps["app_roles"]
    nord = StoredLogin(3, "180", "App", "3", "Nord", scopes=("pages_read_engagement",))
    assert "app_use_cases" in proved_steps(app, (amira, nord))
