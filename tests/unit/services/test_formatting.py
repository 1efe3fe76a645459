"""Times, tasks, permissions and numbers as they are said to a person."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph.permissions import BASE, DEPENDENCIES
from gui.services import formatting
from gui.values import NO_END

DAY = 86_400
NOW = int(datetime(2026, 11, 24, 14, 8).timestamp())
#: Any moment from 1970 to the end of 2100.
MOMENT = st.integers(0, 4_133_894_400)
SPAN = re.compile(r"less than a minute|1 minute|[\d,]+ (?:minutes|hours|days)")


def at(year, month, day, hour=0, minute=0) -> int:
    """A moment by this computer's calendar."""
    return int(datetime(year, month, day, hour, minute).timestamp())


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (None, "Facebook did not say"), ((), "Nothing yet"), (("ANALYZE",), "Insights only"),
        (("ANALYZE", "MODERATE"), "Comments"), (("MANAGE", "ANALYZE"), "Full control"),
        (("PROFILE_PLUS_FULL_CONTROL",), "Full control"), (("CREATE_CONTENT", "MESSAGING"), "Content, messages"),
        (("CASHIER_ROLE",), "Cashier role"),
    ],
)  # fmt: skip
def test_tasks_in_words(names, said):
    assert formatting.tasks(names) == said


def test_ends_in_words():
    from datetime import datetime

    now = int(datetime(2026, 11, 24, 14, 8).timestamp())
    assert formatting.ends(int(datetime(2026, 11, 24, 15, 0).timestamp()), now) == "ends today at 15:00, in 52 minutes"
    assert formatting.ends(now + 60 * 86_400, now) == "ends on 23 January, in 60 days"
    assert formatting.ends(0, now) == "has no end"
    assert formatting.ends(None, now) == "Facebook did not say when it ends"
    assert formatting.ends(now - 86_400, now) == "ended on 23 November"
    assert formatting.ends(now + 12 * 3600, now) == "ends tomorrow at 02:08, in 12 hours"


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (47 * 3600, "47 hours"),
        (48 * 3600 - 1, "2 days"),
        (48 * 3600, "2 days"),
        (60 * 86_400 - 1, "60 days"),
        (7_199, "2 hours"),
        (59, "1 minute"),
    ],
)
def test_a_second_more_or_less_says_the_same(seconds, says):
    assert formatting.span(seconds) == says


# ---------------------------------------------------------------------- moments
@given(MOMENT, MOMENT)
def test_every_end_has_its_words(moment, now):
    text = formatting.ends(moment, now)
    if moment == NO_END:
        assert text == "has no end"
    elif moment <= now:
        assert text == f"ended on {formatting.day(moment, now)}"
    else:
        assert re.fullmatch(
            r"ends (?:today at \d\d:\d\d|tomorrow at \d\d:\d\d|on \d\d? [A-Z][a-z]+(?: \d{4})?), "
            rf"in (?:{SPAN.pattern})",
            text,
        )
    assert formatting.until(moment, now) in {
        f"ended on {formatting.day(moment, now)}",
        f"until {formatting.day(moment, now)}",
    }
    assert formatting.until(moment, now).startswith("ended" if moment <= now else "until")
    assert formatting.ends_briefly(moment, now)
    assert formatting.short_day(moment)
    assert (formatting.ago(moment, now) == "never") is (moment == 0)


@given(st.floats(-4e9, 4e9))
def test_every_length_of_time_has_its_words(seconds):
    assert SPAN.fullmatch(formatting.span(seconds))


@given(st.integers(0, 4_000_000_000), st.integers(0, 4_000_000_000))
def test_a_longer_time_is_never_said_in_a_smaller_unit(one, other):
    def rank(seconds: int) -> tuple[int, int]:
        number, _, unit = formatting.span(seconds).replace(",", "").rpartition(" ")
        unit = unit.removesuffix("s")
        return ["minute", "hour", "day"].index(unit), int(number) if number.isdecimal() else 0

    shorter, longer = sorted((one, other))
    assert rank(shorter) <= rank(longer)


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (-5, "less than a minute"), (0, "less than a minute"), (29, "less than a minute"), (31, "1 minute"),
        (90, "2 minutes"), (52 * 60, "52 minutes"),
        (119 * 60, "119 minutes"), (120 * 60, "2 hours"), (47 * 3600 + 1799, "47 hours"), (3 * DAY, "3 days"),
        (2000 * DAY, "2,000 days"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_said_in_its_largest_fitting_unit(seconds, says):
    assert formatting.span(seconds) == says


@pytest.mark.parametrize(
    ("moment", "day", "short_day"),
    [
        (at(2027, 1, 23), "23 January", "23 Jan"),
        (at(2026, 12, 3, 23, 59), "3 December", "3 Dec"),
        (NOW + 300 * DAY - 1, "20 September", "20 Sept"),
        (NOW + 300 * DAY, "20 September 2027", "20 Sept"),
        (NOW - 300 * DAY + 1, "28 January", "28 Jan"),
        (NOW - 300 * DAY, "28 January 2026", "28 Jan"),
        (at(2099, 2, 28, 12), "28 February 2099", "28 Feb"),
    ],
)
def test_a_day_has_its_year_when_it_is_far_away(moment, day, short_day):
    assert formatting.day(moment, NOW) == day
    assert formatting.short_day(moment) == short_day


@pytest.mark.parametrize(
    ("moment", "ends", "briefly"),
    [
        (None, "Facebook did not say when it ends", "Not known"),
        (NO_END, "has no end", "Has no end"),
        (NOW - 1, "ended on 24 November", "Ended"),
        (NOW, "ended on 24 November", "Ended"),
        (NOW + 1, "ends today at 14:08, in less than a minute", "14:08 today"),
        (at(2026, 11, 24, 23, 59), "ends today at 23:59, in 10 hours", "23:59 today"),
        (at(2026, 11, 25, 0, 0), "ends tomorrow at 00:00, in 10 hours", "25 Nov"),
        (NOW + DAY - 60, "ends tomorrow at 14:07, in 24 hours", "25 Nov"),
        (NOW + DAY, "ends on 25 November, in 24 hours", "25 Nov"),
        (NOW + 7 * DAY, "ends on 1 December, in 7 days", "1 Dec"),
        (NOW + 400 * DAY, "ends on 29 December 2027, in 400 days", "29 Dec"),
    ],
)
def test_an_end_is_said_in_full_and_briefly(moment, ends, briefly):
    assert formatting.ends(moment, NOW) == ends
    assert formatting.ends_briefly(moment, NOW) == briefly


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (NOW - DAY, "ended on 23 November"),
        (NOW, "ended on 24 November"),
        (NOW + 1, "until 24 November"),
        (NOW + 60 * DAY, "until 23 January"),
    ],
)
def test_the_end_of_a_bar_is_said(moment, says):
    assert formatting.until(moment, NOW) == says


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (0, "never"), (NOW + 5, "just now"), (NOW, "just now"), (NOW - 59, "just now"), (NOW - 60, "1 minute ago"),
        (NOW - 3 * 3600, "3 hours ago"),
        (NOW - 2 * DAY, "2 days ago"), (NOW - 7 * DAY + 1, "7 days ago"), (NOW - 7 * DAY, "on 17 November"),
        (NOW - 400 * DAY, "on 20 October 2025"),
    ],
)  # fmt: skip
def test_how_long_ago_something_was(moment, says):
    assert formatting.ago(moment, NOW) == says


# ------------------------------------------------------------------------ tasks
@pytest.mark.parametrize(
    ("names", "may", "may_not"),
    [
        (None, "Facebook did not say", ""),
        ((), "Nothing yet", ""),
        (("MANAGE",), "Full control", ""),
        (("PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_ANALYZE"), "Full control", ""),
        (("ANALYZE",), "Insights only", "content, messages, comments, ads, full control"),
        (("CREATE_CONTENT",), "Content", "messages, comments, ads, insights, full control"),
        (("ADVERTISE", "MODERATE", "MESSAGING", "CREATE_CONTENT"), "Content, messages, comments, ads",
            "insights, full control"),
        (("PROFILE_PLUS_MODERATE", "PROFILE_PLUS_ANALYZE"), "Comments", "content, messages, ads, full control"),
        (("ANALYZE", "CASHIER_ROLE"), "Insights, cashier role", "content, messages, comments, ads, full control"),
        (("B_ROLE", "A_ROLE"), "A role, b role", "content, messages, comments, ads, insights, full control"),
    ],
)  # fmt: skip
def test_what_a_person_may_do_on_a_page_and_what_not(names, may, may_not):
    assert formatting.tasks(names) == may
    assert formatting.may(names) == (may, may_not)


@given(st.none() | st.lists(st.text(max_size=20), max_size=6).map(tuple))
def test_any_tasks_have_words(names):
    may, may_not = formatting.may(names)
    assert may == formatting.tasks(names)
    assert isinstance(may_not, str)


# ------------------------------------------------------------------ permissions
def test_every_permission_that_is_asked_for_has_words():
    for name in (*BASE, *DEPENDENCIES):
        assert formatting.permission(name) == formatting.PERMISSIONS[name] != name
        assert formatting.permission(f"{name}:declined") == formatting.PERMISSIONS[name]
    assert formatting.permission("user_birthday") == "user_birthday"
    assert formatting.permission("user_birthday:declined") == "user_birthday"
    assert formatting.permission("") == ""


@pytest.mark.parametrize(
    ("name_and_status", "says"),
    [
        ("email:declined", "not selected at the login"),
        ("email:expired", "lapsed after 90 days without use"),
        ("email:never", "not given"),
        ("email:", "not given"),
        ("email", "not given"),
        ("email:on_hold", "on_hold"),
    ],
)
def test_why_a_permission_is_not_held(name_and_status, says):
    assert formatting.missing_reason(name_and_status) == says


# ------------------------------------------------------- origins, names, numbers
@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((), ""), (("accounts",), "your own role"), (("owned_pages:Nord Retail",), "owned by Nord Retail"),
        (("client_pages:مخبز",), "shared with \u2068مخبز\u2069"),
        (("chosen",), "chosen at the login"), (("added",), "added by you"), (("pasted",), "pasted by you"),
        (("unheard_of",), "unheard_of"),
        (("accounts", "owned_pages:A, B: C"), "your own role, owned by A, B: C"),
    ],
)  # fmt: skip
def test_where_a_row_comes_from(names, says):
    assert formatting.origins(names) == says


@pytest.mark.parametrize(
    ("names", "most", "noun", "says"),
    [
        ([], 2, "", ""),
        (["Blossom"], 2, "", "Blossom"),
        (["Blossom", "مخبز"], 2, "Page", "Blossom, \u2068مخبز\u2069"),
        (["Blossom", "Café Müller", "c"], 2, "", "Blossom, Café Müller and 1 more"),
        (["Blossom", "🌸", "c"], 2, "Page", "Blossom, 🌸 and 1 more Page"),
        (list("abcde"), 2, "Page", "a, b and 3 more Pages"),
        (["a"] * 2002, 1, "", "a and 2,001 more"),
    ],
)
def test_the_first_of_many_names_are_said(names, most, noun, says):
    join = formatting.join_some_pages if noun else formatting.join_some
    assert join(names, most) == says


@pytest.mark.parametrize(
    ("say", "number", "says"),
    [
        (formatting.pages, 0, "0 Pages"), (formatting.pages, 1, "1 Page"), (formatting.pages, 2_000, "2,000 Pages"),
        (formatting.people, 1, "1 person"), (formatting.people, 2, "2 people"), (formatting.tokens, 1, "1 token"),
        (formatting.apps, 3, "3 apps"), (formatting.rows, 1_234_567, "1,234,567 rows"),
    ],
)  # fmt: skip
def test_a_number_of_things(say, number, says):
    assert say(number) == says


@pytest.mark.parametrize(
    ("debug_type", "title"),
    [("USER", "User token"), ("PAGE", "Page token"), ("APP", "App token"), ("SYSTEM_USER", "System user’s token")],
)
def test_every_kind_of_token_has_its_words(debug_type, title):
    kind = formatting.token_kind(debug_type)
    assert kind.title == title
    assert kind.phrase.startswith(("a ", "an "))
    assert kind.meaning.startswith("it ")


@pytest.mark.parametrize("debug_type", ["", "user", "GUEST"])
def test_a_kind_of_token_that_is_not_known_is_said_to_be_another(debug_type):
    assert formatting.token_kind(debug_type) == formatting.TokenKind("Token", "another kind of token", "")
