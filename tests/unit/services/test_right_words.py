"""Words that once were wrong: what is said of a renewal, of a Page without a token, and of a token's own Page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.graph import calls, models
from gui.services import formatting
from gui.services.check_all import check_all
from gui.services.check_page import check_page
from gui.services.explain import explain, message
from gui.services.list_pages import why_no_token
from gui.services.renew import RenewalReport, renewal_message
from gui.services.states import page_rows_now
from gui.values import Page, TokenState
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB

names = st.lists(st.sampled_from(["Café Müller", "Harbor Yoga", "مخبز", "東京"]), max_size=3).map(tuple)


@given(names, names, names, names)
def test_every_token_is_said_to_be_renewed_only_when_every_one_is(changed, same, new, lasting):
    said = renewal_message(RenewalReport((), changed, same, new, lasting=lasting), renewing=True)
    if said is None:
        assert not (changed or same or lasting)
        return
    if changed and (same or lasting):
        assert "Every token was renewed" not in f"{said.title} {said.text}"
    if changed and same:
        assert said.title == "The tokens were renewed; some are the same as before"
    if changed and not (same or lasting):
        assert said.title == message("renewed").title
    for count, words in ((len(changed), "changed"), (len(new), "came new")):
        assert (f"{formatting.tokens(count)} {words}" in said.text) is bool(count)


@pytest.mark.parametrize(
    ("tasks", "origins", "why"),
    [
        (("MANAGE",), ("accounts",), "page_without_token"), (("PROFILE_PLUS_FULL_CONTROL",), (), "page_without_token"),
        ((), ("accounts",), "page_without_tasks"), (None, ("accounts",), "page_without_token"),
        (("ANALYZE",), (), "page_insights_only"), (("PROFILE_PLUS_ANALYZE",), (), "page_insights_only"),
        (("ANALYZE", "PROFILE_PLUS_ANALYZE"), (), "page_insights_only"),
        (("ANALYZE", "MODERATE"), (), "page_without_token"), (("SOMETHING_NEW",), (), "page_without_token"),
        (None, ("owned_pages:Nord",), "page_of_business"), (None, ("accounts", "client_pages:N"), "page_of_business"),
        (("MANAGE",), ("owned_pages:Nord",), "page_without_token"),
    ],
)  # fmt: skip
def test_no_page_is_said_to_lack_a_task_beside_full_control(tasks, origins, why):
    page = Page("104512345678902", "Harbor", tasks=tasks, origins=origins)
    assert why_no_token(page) == why
    beside = formatting.may(tasks)[0]
    if "has not given you a task" in message(why, name="Harbor").text:
        assert beside in {"Nothing yet", "Facebook did not say"}


@pytest.mark.parametrize("as_number", [False, True])
def test_a_token_of_its_own_page_is_never_said_to_be_of_another(session, practice, monkeypatch, as_number):
    """Facebook writes IDs as texts or as numbers; both name the same Page."""
    login = connect(session, practice, AMIRA)
    if as_number:
        plain = calls._page

        def numbered(row, origin):
            return plain(models.PageRow(int(row.id), row.name, row.category, row.tasks, row.access_token), origin)

        monkeypatch.setattr(calls, "_page", numbered)
    for row in page_rows_now(session, login):
        assert check_page(session, row, JOB).error is None
    check_all(session, JOB)
    assert {row.state for row in page_rows_now(session, *session.vault.logins())} == {TokenState.WORKS}


def test_a_token_of_another_page_is_said_to_be_that_ones(session, practice, monkeypatch):
    login = connect(session, practice, AMIRA)
    first, second = page_rows_now(session, login)[:2]
    other = session.vault.page_token(login.id, second.page.id)
    monkeypatch.setattr("gui.services.keep.page_token", lambda session, row, job: other)
    check = check_page(session, first, JOB)
    assert check.error is not None
    said = explain(check.error)
    assert second.page.id in said.text
    assert first.page.id not in said.text
