"""Clients are given to Pages and taken away, many at once, and every step can be undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gui.errors import UserError
from gui.services import tag
from gui.services.states import page_rows_now
from gui.services.tag import TagChange
from gui.text import fold
from gui.values import Client
from tests.support.agency import AMIRA, connect
from tests.support.people import JOB

NAMES = ("Nord Retail", "مخبز أميرة", "🌸 Blossom", "Café Müller")


def page_ids(practice) -> list[str]:
    """The Pages of the shop."""
    return [practice.world.page(place).id for place in range(3)]


def everything(session) -> tuple[list[Client], dict[str, tuple[Client, ...]]]:
    """Every client, and those of each Page."""
    return tag.clients(session, JOB), session.vault.clients.of_pages()


def test_there_is_no_client_at_first(session):
    assert tag.clients(session, JOB) == []


def test_pages_are_given_to_a_client_that_is_made_for_them(session, practice):
    login = connect(session, practice, AMIRA)
    first, second, third = page_ids(practice)
    change = tag.give(session, "مخبز أميرة", [first, third], JOB)
    assert (change.client.name, change.pages, change.given, change.forgotten) == (
        "مخبز أميرة",
        (first, third),
        True,
        False,
    )
    assert [(client.name, client.pages) for client in tag.clients(session, JOB)] == [("مخبز أميرة", 2)]
    assert {row.page.id: [client.name for client in row.clients] for row in page_rows_now(session, login)} == {
        first: ["مخبز أميرة"],
        second: [],
        third: ["مخبز أميرة"],
    }


@pytest.mark.parametrize("again", ["Café Müller", "cafe muller", "  CAFÉ \n MÜLLER "])
def test_a_client_of_the_same_name_is_the_same_client(session, practice, again):
    connect(session, practice, AMIRA)
    first, second, _ = page_ids(practice)
    one = tag.give(session, "Café Müller", [first], JOB)
    other = tag.give(session, again, [first, second], JOB)
    assert other.client.id == one.client.id
    assert other.pages == (second,), "only what is new is undone"
    assert [(client.name, client.pages) for client in tag.clients(session, JOB)] == [("Café Müller", 2)]


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_a_client_has_a_name(session, practice, name):
    connect(session, practice, AMIRA)
    with pytest.raises(UserError) as caught:
        tag.give(session, name, page_ids(practice), JOB)
    assert caught.value.kind == "client_without_name"
    client = tag.give(session, "Nord", [], JOB).client
    with pytest.raises(UserError) as caught:
        tag.change(session, client, name, 3, JOB)
    assert caught.value.kind == "client_without_name"
    assert tag.clients(session, JOB) == [client]


def test_a_long_name_is_cut_off(session):
    assert tag.give(session, "x" * 61, [], JOB).client.name == "x" * 60
    client = tag.give(session, "🌸" * 61, [], JOB).client
    assert client.name == "🌸" * 60
    tag.change(session, client, "y" * 61, 0, JOB)
    assert {one.name for one in tag.clients(session, JOB)} == {"x" * 60, "y" * 60}


def test_a_page_that_is_not_kept_is_given_to_nobody(session, practice):
    connect(session, practice, AMIRA)
    assert tag.give(session, "Nord", ["99999", page_ids(practice)[0]], JOB).pages == (page_ids(practice)[0],)


def test_pages_are_taken_from_one_client_and_stay_with_the_others(session, practice):
    connect(session, practice, AMIRA)
    first, second, third = page_ids(practice)
    nord = tag.give(session, "Nord", [first, second], JOB).client
    tag.give(session, "Harbor", [first], JOB)
    assert tag.take(session, nord, [first, third], JOB) == TagChange(nord, (first,), given=False)
    assert {
        page_id: [client.name for client in some] for page_id, some in session.vault.clients.of_pages().items()
    } == {
        first: ["Harbor"],
        second: ["Nord"],
    }


def test_a_client_gets_another_name_and_color(session, practice):
    connect(session, practice, AMIRA)
    client = tag.give(session, "Nord", page_ids(practice), JOB).client
    tag.change(session, client, "  Café\nMüller ", 7, JOB)
    (changed,) = tag.clients(session, JOB)
    assert (changed.id, changed.name, changed.color, changed.pages) == (client.id, "Café Müller", 7, 3)
    tag.change(session, changed, "CAFE MULLER", 7, JOB)
    assert [one.name for one in tag.clients(session, JOB)] == ["CAFE MULLER"], "its own name is no other's"


@pytest.mark.parametrize("name", ["Harbor", "HARBOR", " hárbor "])
def test_two_clients_never_have_one_name(session, name):
    nord = tag.give(session, "Nord", [], JOB).client
    tag.give(session, "Harbor", [], JOB)
    with pytest.raises(UserError) as caught:
        tag.change(session, nord, name, 0, JOB)
    assert (caught.value.kind, caught.value.values) == ("client_exists", {"name": name.strip()})
    assert [client.name for client in tag.clients(session, JOB)] == ["Harbor", "Nord"]


def test_clients_are_listed_by_name_whatever_its_case_and_accents(session):
    for name in ("zebra", "Émile", "Anna", "مخبز", "daniel"):
        tag.give(session, name, [], JOB)
    names = [client.name for client in tag.clients(session, JOB)]
    assert names == sorted(names, key=fold)
    assert names[:4] == ["Anna", "daniel", "Émile", "zebra"]


def test_new_clients_have_colors_of_their_own(session):
    clients = [tag.give(session, f"Client {number}", [], JOB).client for number in range(12)]
    assert len({client.color for client in clients}) == 12


def test_forgetting_a_client_leaves_its_pages(session, practice):
    login = connect(session, practice, AMIRA)
    client = tag.give(session, "Nord", page_ids(practice), JOB).client
    change = tag.forget(session, client, JOB)
    assert (set(change.pages), change.given, change.forgotten) == (set(page_ids(practice)), False, True)
    assert tag.clients(session, JOB) == []
    assert len(session.vault.page_tokens(login.id)) == 3


def test_giving_to_a_new_client_is_undone_with_the_client(session, practice):
    connect(session, practice, AMIRA)
    for pages in ([], page_ids(practice)):
        tag.undo(session, tag.give(session, "Nord", pages, JOB), JOB)
        assert everything(session) == ([], {})


def test_giving_to_a_client_that_had_pages_is_undone_to_those(session, practice):
    connect(session, practice, AMIRA)
    first, second, third = page_ids(practice)
    tag.give(session, "Nord", [first], JOB)
    before = everything(session)
    tag.undo(session, tag.give(session, "Nord", [first, second, third], JOB), JOB)
    assert everything(session) == before


def test_a_forgotten_client_comes_back_with_its_name_color_and_pages(session, practice):
    connect(session, practice, AMIRA)
    client = tag.give(session, "مخبز أميرة", page_ids(practice)[:2], JOB).client
    tag.change(session, client, "مخبز", 9, JOB)
    before = everything(session)
    (changed,) = before[0]
    tag.undo(session, tag.forget(session, changed, JOB), JOB)
    assert everything(session) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undoing_restores_exactly_what_was_before(session, practice, data):
    """One step and its undoing change nothing.

    Whatever the clients are (each with a Page at least), and whatever is done.
    """
    if not session.vault.logins():
        connect(session, practice, AMIRA)
    pages = page_ids(practice)
    some_pages = st.lists(st.sampled_from(pages), unique=True)
    for client in tag.clients(session, JOB):
        tag.forget(session, client, JOB)
    for name in data.draw(st.lists(st.sampled_from(NAMES), unique=True), "clients"):
        tag.give(session, name, data.draw(st.lists(st.sampled_from(pages), unique=True, min_size=1), name), JOB)
    before = everything(session)
    chosen = data.draw(some_pages, "chosen")
    step = data.draw(st.sampled_from(["give", "take", "forget"] if before[0] else ["give"]), "step")
    if step == "give":
        change = tag.give(session, data.draw(st.sampled_from(NAMES), "name"), chosen, JOB)
    elif step == "take":
        change = tag.take(session, data.draw(st.sampled_from(before[0]), "client"), chosen, JOB)
    else:
        change = tag.forget(session, data.draw(st.sampled_from(before[0]), "client"), JOB)
    tag.undo(session, change, JOB)
    assert everything(session) == before
