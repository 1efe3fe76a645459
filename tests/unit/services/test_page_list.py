"""The list of Pages is read from the vault, with what there is to narrow it to; it needs no network."""

from gui.services.page_list import PageList, read_page_list
from gui.services.states import page_rows_now
from gui.values import ColumnLayout
from tests.support.agency import AMIRA, NILS, NORD, connect


def test_an_empty_vault_shows_an_empty_list(session):
    assert read_page_list(session, []) == PageList([], [], [], ColumnLayout())


def test_the_pages_of_one_login_are_shown_as_they_stand(session, practice):
    amira, nord = connect(session, practice, AMIRA), connect(session, practice, NORD)
    page_list = read_page_list(session, [amira])
    assert [row.page.name for row in page_list.rows] == [practice.world.page(place).name for place in range(3)]
    assert (page_list.rows, page_list.businesses) == (page_rows_now(session, amira), [])
    assert len(read_page_list(session, [nord]).rows) == 240


def test_the_pages_of_several_logins_are_each_shown_once(session, practice):
    logins = [connect(session, practice, person) for person in (AMIRA, NORD, NILS)]
    rows = read_page_list(session, logins).rows
    assert len({row.page.id for row in rows}) == len(rows) == 243


def test_businesses_are_named_once_and_in_order(session, practice):
    nord = connect(session, practice, NORD)
    assert read_page_list(session, [nord]).businesses == ["Nord Clients", "Nord Retail"]


def test_reading_the_list_asks_facebook_nothing(session, practice):
    login = connect(session, practice, AMIRA)
    before = list(practice.calls)
    read_page_list(session, [login])
    assert practice.calls == before


def test_every_client_is_there_even_one_without_a_page_here(session, practice):
    amira, nord = connect(session, practice, AMIRA), connect(session, practice, NORD)
    bakery, florist = session.vault.clients.named("مخبز"), session.vault.clients.named("Blossom & Co 🌸")
    session.vault.clients.give(bakery, [practice.world.page(0).id])
    session.vault.clients.give(florist, [practice.world.page(5).id])
    page_list = read_page_list(session, [amira])
    assert {(client.name, client.pages) for client in page_list.clients} == {("مخبز", 1), ("Blossom & Co 🌸", 1)}
    assert {row.page.id: [client.name for client in row.clients] for row in page_list.rows} == {
        practice.world.page(0).id: ["مخبز"],
        practice.world.page(1).id: [],
        practice.world.page(2).id: [],
    }
    assert nord.id != amira.id


def test_the_columns_are_those_that_the_person_chose(session):
    columns = ColumnLayout(("state", "name"), ("name",), {"name": 240}, "compact")
    session.vault.settings.change(columns=columns)
    assert read_page_list(session, []).columns == columns
