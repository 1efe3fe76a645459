"""A profile's items are found without a list of the keychain's, which macOS does not give."""

from gui.tour.keychain_items import KeychainItems
from tests.support.people import keep_login_with_pages


def test_every_item_is_found_and_forgotten(session, practice, private_session):
    keep_login_with_pages(session, practice)
    service = session.vault.keychain.service
    items = KeychainItems()
    assert items.texts() == []
    assert sorted(items.texts(service)) == sorted(private_session.everything_kept(service))
    assert items.texts() == items.texts(service) != []
    assert items.texts(f"{service} of another") == []
    items.forget()
    assert private_session.everything_kept(service) == items.texts(service) == []
