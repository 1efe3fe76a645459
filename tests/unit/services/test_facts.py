"""What is known of a Page token, a login, an app or any token is said line by line."""

from dataclasses import replace
from datetime import datetime

import pytest

from gui.errors import UserError
from gui.services import any_token, facts
from gui.services.any_token import TokenReport
from gui.services.explain import message
from gui.services.facts import app_facts, login_facts, page_facts, report_facts
from gui.services.formatting import PERMISSIONS
from gui.services.setup import VERSIONS
from gui.services.states import page_rows_now
from gui.values import (
    NO_END,
    AppCredentials,
    Fact,
    HealthRecord,
    Page,
    PageRow,
    Secret,
    StoredLogin,
    TokenInfo,
    TokenState,
    Tone,
)
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB, short_token

DAY = 86_400
NOW = int(datetime(2026, 11, 24, 14, 8).timestamp())
EVERYTHING = tuple(PERMISSIONS)
LOGIN = StoredLogin(
    1,
    "180",
    "Practice App",
    "122",
    "Amira Haddad",
    "x7Qd",
    expires_at=NOW + 60 * DAY,
    data_access_expires_at=NOW + 90 * DAY,
    scopes=EVERYTHING,
    health=HealthRecord(checked_at=NOW - 120, well_at=NOW - 120),
)
ROW = PageRow(
    Page("101", "مخبز أميرة", tasks=("MANAGE",), origins=("accounts",)),
    last_four="x7Qd",
    expires_at=NO_END,
    login_id=1,
    checked_at=NOW - 120,
    well_at=NOW - 120,
)
APP = AppCredentials("180", Secret("5ec2e7"), "Practice App")
INFO = TokenInfo(
    True,
    "USER",
    "180",
    "Practice App",
    "122",
    expires_at=NOW + 60 * DAY,
    data_access_expires_at=NOW + 90 * DAY,
    issued_at=NOW - 120,
    scopes=EVERYTHING,
)


def by_name(lines: list[Fact]) -> dict[str, Fact]:
    """The facts by their names, of which each stands once."""
    names = [line.name for line in lines]
    assert len(set(names)) == len(names)
    assert all(line.text for line in lines)
    return {line.name: line for line in lines}


def sentence(kind: str, **values: str) -> str:
    notice = message(kind, **values)
    return f"{notice.title}. {notice.text}"


# ------------------------------------------------------------------ Page token
def test_a_page_token_that_works_is_told_line_by_line():
    assert page_facts(ROW, LOGIN, NOW) == [
        Fact("State", "The token works", Tone.WORKS),
        Fact("Token", "has no end"),
        Fact("Renew by", "23 January, when the login behind it ends"),
        Fact("Data access", "ends on 22 February, in 90 days"),
        Fact("It can", f"{', '.join(list(PERMISSIONS.values())[:-1])} and {list(PERMISSIONS.values())[-1]}"),
        Fact("Your role allows", "Full control"),
        Fact("Last known to work", "2 minutes ago"),
        Fact("Page ID", "101"),
        Fact("Where it comes from", "your own role"),
    ]


def test_a_page_without_a_token_tells_why_and_nothing_of_a_token():
    row = PageRow(Page("101", "Café", tasks=()), state=TokenState.NEEDS_YOU, why="page_without_tasks")
    assert page_facts(row, LOGIN, NOW) == [
        Fact("State", sentence("page_without_tasks", name="Café"), Tone.BAD),
        Fact("Your role allows", "Nothing yet"),
        Fact("Page ID", "101"),
        Fact("Where it comes from", "not known"),
    ]


@pytest.mark.parametrize(
    ("state", "why", "expected"),
    [
        (TokenState.WORKS, "", Fact("State", "The token works", Tone.WORKS)),
        (TokenState.ENDS_SOON, "", Fact("State", "Works; the login behind it should be renewed soon", Tone.SOON)),
        (TokenState.NEEDS_YOU, "role_lost", Fact("State", sentence("role_lost"), Tone.BAD)),
        (TokenState.NEEDS_YOU, "page_without_token",
            Fact("State", sentence("page_without_token", name="مخبز أميرة"), Tone.BAD)),
        (TokenState.NEEDS_YOU, "", Fact("State", "Needs you", Tone.BAD)),
    ],
)  # fmt: skip
def test_every_state_of_a_page_token_has_its_words(state, why, expected):
    assert page_facts(replace(ROW, state=state, why=why), LOGIN, NOW)[0] == expected


@pytest.mark.parametrize(
    ("end", "token", "data_access", "tone"),
    [
        (None, "Facebook did not say when it ends", "ends on 22 February, in 90 days", None),
        (NO_END, "has no end", "ends on 22 February, in 90 days", None),
        (NOW - DAY, "ended on 23 November", "ended on 23 November", Tone.BAD),
        (NOW, "ended on 24 November", "ended on 24 November", Tone.BAD),
        (NOW + 3120, "ends today at 15:00, in 52 minutes", "ends today at 15:00, in 52 minutes", None),
        (NOW + 5 * DAY, "ends on 29 November, in 5 days", "ends on 29 November, in 5 days", None),
    ],
)
def test_every_end_of_a_page_token_and_of_its_data_access_is_told(end, token, data_access, tone):
    lines = by_name(page_facts(replace(ROW, expires_at=end, data_access_expires_at=end), LOGIN, NOW))
    assert lines["Token"] == Fact("Token", token)
    assert lines["Data access"] == Fact("Data access", data_access, tone)


def test_what_is_not_known_of_the_login_is_said_or_left_out():
    login = replace(LOGIN, expires_at=None, data_access_expires_at=None, scopes=())
    lines = by_name(page_facts(replace(ROW, checked_at=0, well_at=0), login, NOW))
    assert "Renew by" not in lines
    assert lines["Data access"].text == "Facebook did not say when it ends"
    assert lines["It can"] == Fact("It can", "Facebook did not say what it may do")
    assert lines["Last known to work"].text == "not checked yet; it worked when it was made"


def test_what_a_check_found_goes_before_what_the_login_has():
    row = replace(ROW, scopes=("pages_show_list",), data_access_expires_at=NOW + 5 * DAY)
    lines = by_name(page_facts(row, LOGIN, NOW))
    assert lines["It can"].text == PERMISSIONS["pages_show_list"]
    assert lines["It cannot"].text.startswith(PERMISSIONS["pages_read_engagement"])
    assert lines["Data access"].text == "ends on 29 November, in 5 days"


def test_tasks_origins_and_the_instagram_account_are_told():
    page = Page(
        "101",
        "🌸",
        tasks=("ANALYZE",),
        origins=("accounts", "owned_pages:Nord Retail"),
        instagram_id="178",
        instagram_name="blossom",
    )
    lines = by_name(page_facts(replace(ROW, page=page), LOGIN, NOW))
    assert lines["Your role allows"].text == "Insights only"
    assert lines["Your role does not allow"].text == "content, messages, comments, ads, full control"
    assert lines["Instagram account"].text == "@blossom, ID 178"
    assert lines["Where it comes from"].text == "your own role, owned by Nord Retail"


@pytest.mark.parametrize(
    ("checked_at", "well_at", "says"),
    [
        (0, 0, "not checked yet; it worked when it was made"),
        (NOW - 60, 0, "no check found it working"),
        (NOW - 60, NOW - 3 * DAY, "3 days ago"),
        (NOW, NOW, "just now"),
    ],
)
def test_when_a_token_was_last_seen_well(checked_at, well_at, says):
    record = HealthRecord(checked_at=checked_at, well_at=well_at)
    assert by_name(page_facts(replace(ROW, checked_at=checked_at, well_at=well_at), LOGIN, NOW))[
        "Last known to work"
    ] == Fact("Last known to work", says)
    assert login_facts(replace(LOGIN, health=record), NOW)[-1] == Fact("Last known to work", says)
    assert app_facts(APP, record, NOW)[-1] == Fact("Last known to work", says)


# ----------------------------------------------------------------------- login
def test_a_login_that_works_is_told_line_by_line():
    assert login_facts(LOGIN, NOW) == [
        Fact("State", "The login works", Tone.WORKS),
        Fact("Login", "ends on 23 January, in 60 days"),
        Fact("Data access", "ends on 22 February, in 90 days"),
        Fact("It can", f"{', '.join(list(PERMISSIONS.values())[:-1])} and {list(PERMISSIONS.values())[-1]}"),
        Fact("Last known to work", "2 minutes ago"),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"expires_at": NOW - DAY}, Fact("State", sentence("login_ended"), Tone.BAD)),
        ({"data_access_expires_at": NOW - DAY}, Fact("State", sentence("data_access_ended"), Tone.BAD)),
        ({"health": HealthRecord(TokenState.NEEDS_YOU, "password_changed")},
            Fact("State", sentence("password_changed"), Tone.BAD)),
        ({"expires_at": NOW + 5 * DAY}, Fact("State", "The login ends on 29 November", Tone.SOON)),
        ({"data_access_expires_at": NOW + 5 * DAY}, Fact("State", "Access to data ends on 29 November", Tone.SOON)),
        ({"missing_permissions": ("pages_show_list:expired",)}, Fact("State", "A permission has lapsed", Tone.SOON)),
        ({"expires_at": NO_END, "data_access_expires_at": None}, Fact("State", "The login works", Tone.WORKS)),
        ({"expires_at": None, "data_access_expires_at": None}, Fact("State", "The login works", Tone.WORKS)),
    ],
)  # fmt: skip
def test_every_state_of_a_login_has_its_words(changes, expected):
    assert login_facts(replace(LOGIN, **changes), NOW)[0] == expected


def test_permissions_that_a_login_lost_are_told_with_the_reason():
    login = replace(
        LOGIN,
        scopes=("public_profile", "email", "pages_show_list", "user_birthday"),
        missing_permissions=("read_insights:declined", "pages_messaging:expired", "pages_manage_ads:never"),
    )
    lines = by_name(login_facts(login, NOW))
    assert lines["It can"] == Fact(
        "It can", f"{PERMISSIONS['pages_show_list']}, see the email address and user_birthday"
    )
    assert lines["Missing"] == Fact(
        "Missing",
        "read_insights (not selected at the login) and pages_messaging (lapsed after 90 days without use)",
        Tone.SOON,
    )
    assert PERMISSIONS["pages_manage_ads"] in lines["It cannot"].text


def test_a_login_that_can_nothing_with_pages_is_told():
    lines = by_name(login_facts(replace(LOGIN, scopes=("public_profile",)), NOW))
    assert lines["It can"] == Fact("It can", "nothing with Pages: it has no permission for them", Tone.BAD)
    lines = by_name(login_facts(replace(LOGIN, scopes=("email",)), NOW))
    assert lines["It can"] == Fact("It can", "see the email address", Tone.BAD)


# ------------------------------------------------------------------------- app
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (HealthRecord(), Fact("State", "Not checked yet")),
        (HealthRecord(checked_at=NOW, well_at=NOW), Fact("State", "The app works", Tone.WORKS)),
        (HealthRecord(TokenState.NEEDS_YOU, "secret_wrong", NOW), Fact("State", sentence("secret_wrong"), Tone.BAD)),
    ],
)
def test_every_state_of_an_app_has_its_words(record, expected):
    lines = app_facts(APP, record, NOW)
    assert lines[0] == expected
    assert [line.name for line in lines] == ["State", "App ID", "Graph version", "Last known to work"]
    assert lines[1] == Fact("App ID", "180")


@pytest.mark.parametrize("version", [*VERSIONS, "v99.0"])
def test_the_version_of_an_app_is_told_with_its_end(version):
    end = VERSIONS.get(version)
    text = f"{version}, until {end.day} {end:%B %Y}" if end else f"{version}, no end date"
    assert by_name(app_facts(replace(APP, version=version), HealthRecord(), NOW))["Graph version"].text == text


# ------------------------------------------------------------------- any token
def test_a_persons_token_is_told_line_by_line():
    assert report_facts(TokenReport(INFO, APP, "Amira Haddad", held=EVERYTHING), NOW) == [
        Fact("State", "It works", Tone.WORKS),
        Fact("Kind", "a User token: it speaks for a person"),
        Fact("Person", "Amira Haddad"),
        Fact("App", "Practice App, App ID 180"),
        Fact("Token", "ends on 23 January, in 60 days"),
        Fact("Data access", "ends on 22 February, in 90 days"),
        Fact("Made", "2 minutes ago"),
        Fact("It can", f"{', '.join(list(PERMISSIONS.values())[:-1])} and {list(PERMISSIONS.values())[-1]}"),
    ]


def test_a_pages_token_is_told_with_its_page_and_who_made_it():
    info = replace(INFO, type="PAGE", profile_id="101", expires_at=NO_END, issued_at=None)
    report = TokenReport(info, APP, "مخبز أميرة", Page("101", "مخبز أميرة", tasks=("ANALYZE",)), pages=("101",))
    lines = by_name(report_facts(report, NOW))
    assert list(lines) == [
        "State", "Kind", "Page", "Page ID", "Made by", "App", "Token", "Data access", "It can", "Your role allows",
    ]  # fmt: skip
    assert lines["Kind"].text == "a Page token: it speaks for one Page"
    assert (lines["Page"].text, lines["Page ID"].text, lines["Token"].text) == ("مخبز أميرة", "101", "has no end")
    assert lines["Made by"].text == "the person with the ID 122 in this app"
    assert lines["Your role allows"].text == "Insights only"
    assert by_name(report_facts(replace(report, whose="Amira"), NOW))["Made by"].text == "Amira"
    untold = replace(report, page=Page("101", "مخبز أميرة"))
    assert "Your role allows" not in by_name(report_facts(untold, NOW))


def test_an_app_token_is_told_without_person_page_or_permissions():
    lines = by_name(report_facts(TokenReport(TokenInfo(True, "APP", "180", "Practice App"), APP), NOW))
    assert {name: line.text for name, line in lines.items()} == {
        "State": "It works",
        "Kind": "an app token: it speaks for the app, not for a person",
        "App": "Practice App, App ID 180",
    }


def test_a_system_users_token_is_told_without_data_access():
    lines = by_name(report_facts(TokenReport(replace(INFO, type="SYSTEM_USER", expires_at=NO_END), APP), NOW))
    assert lines["Kind"].text == "a system user’s token: it belongs to a business, not to a person"
    assert "Data access" not in lines
    assert "It can" in lines


@pytest.mark.parametrize(("debug_type", "says"), [("GUEST_PASS", "guest pass"), ("", None)])
def test_a_kind_that_is_not_known_is_named_as_facebook_does(debug_type, says):
    lines = by_name(report_facts(TokenReport(replace(INFO, type=debug_type), APP), NOW))
    assert (lines["Kind"].text if says else lines.get("Kind")) == says
    assert "It can" not in lines


def test_a_token_that_died_tells_why_and_what_it_could():
    why = UserError("password_changed")
    lines = by_name(report_facts(TokenReport(replace(INFO, is_valid=False), APP, why=why), NOW))
    assert lines["State"] == Fact("State", sentence("password_changed"), Tone.BAD)
    assert "It can" not in lines
    assert lines["It could"].text.startswith(PERMISSIONS["pages_show_list"])
    nothing_known = TokenReport(TokenInfo(False), APP, why=UserError("token_invalid"))
    assert [line.name for line in report_facts(nothing_known, NOW)] == ["State"]


def test_a_token_whose_data_access_ended_is_told():
    lines = by_name(report_facts(TokenReport(replace(INFO, data_access_expires_at=NOW - DAY), APP), NOW))
    assert lines["State"] == Fact("State", "Access to data has ended", Tone.BAD)
    assert lines["Data access"] == Fact("Data access", "ended on 23 November", Tone.BAD)


@pytest.mark.parametrize(
    ("application", "app", "says"),
    [
        (
            "Another App",
            AppCredentials("180", Secret("")),
            "Another App, App ID 180, whose App secret is not kept here",
        ),
        ("", AppCredentials("180", Secret("5ec2e7"), "Mine"), "Mine, App ID 180"),
        ("", AppCredentials("180", Secret("")), "no name, App ID 180, whose App secret is not kept here"),
    ],
)
def test_the_app_of_a_token_is_told_and_whether_it_is_kept(application, app, says):
    report = TokenReport(replace(INFO, application=application), app)
    assert by_name(report_facts(report, NOW))["App"].text == says


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        (None, None),
        ((), "0 Pages chosen at the login"),
        (("1",), "1 Page chosen at the login"),
        (("1", "2"), "2 Pages chosen at the login"),
    ],
)
def test_the_pages_that_were_chosen_are_counted(pages, says):
    lines = by_name(report_facts(TokenReport(INFO, APP, pages=pages), NOW))
    assert (lines["Given for"].text if "Given for" in lines else None) == says


def test_a_permission_that_was_declined_is_told():
    report = TokenReport(replace(INFO, scopes=("pages_show_list",)), APP, missing_permissions=("read_insights",))
    assert by_name(report_facts(report, NOW))["Missing"].text == "read_insights (not given)"


# ------------------------------------------------------------------ real tokens
def test_the_facts_of_real_tokens_hold_no_token(session, practice):
    login = connect(session, practice, AMIRA)
    (stored_login,) = session.vault.logins()
    row = page_rows_now(session, login)[0]
    tokens = [short_token(practice), session.vault.page_token(login.id, row.page.id)]
    reports = [any_token.inspect_token(session, token, JOB) for token in tokens]
    lines = [
        *facts.page_facts(row, stored_login, session.now()),
        *facts.login_facts(stored_login, session.now()),
        *facts.app_facts(session.vault.app(login.app_id), HealthRecord(), session.now()),
        *(line for report in reports for line in facts.report_facts(report, session.now())),
    ]
    assert {line.text for line in lines if line.name in {"Person", "Page"}} == {"Amira Haddad", row.page.name}
    assert not any(token.reveal() in repr(lines) for token in tokens)
