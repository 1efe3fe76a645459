"""Every button that opens a page of Facebook's opens one of Facebook's own, over TLS."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gui.services import links
from gui.services.explain import message_catalog
from gui.services.links import link_address

GUI = Path(links.__file__).parents[1]
OF_APP = sorted(links._OF_APP)
ELSEWHERE = sorted(links._ELSEWHERE)


@pytest.mark.parametrize("name", [*OF_APP, *ELSEWHERE])
@pytest.mark.parametrize("app_id", ["", "180000000000001"])
def test_every_link_leads_to_facebooks_own_host_over_tls(name, app_id):
    parts = urlsplit(link_address(name, app_id))
    assert parts.scheme == "https"
    assert str(parts.hostname).endswith(".facebook.com") or parts.hostname == "www.instagram.com"
    assert parts.username is None


@pytest.mark.parametrize("name", OF_APP)
def test_a_link_of_an_app_leads_to_that_app_or_to_the_list_of_apps(name):
    address = link_address(name, "180000000000001")
    assert address.startswith("https://developers.facebook.com/apps/180000000000001/")
    assert address.endswith("/")
    assert link_address(name) == link_address("apps") == "https://developers.facebook.com/apps/"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_link_of_no_app_is_the_same_for_every_app(name):
    assert link_address(name, "180000000000001") == link_address(name)


def test_no_two_links_of_an_app_are_the_same():
    assert len({link_address(name, "180") for name in (*OF_APP, *ELSEWHERE)}) == len(OF_APP) + len(ELSEWHERE)


def test_every_link_that_a_sentence_or_the_window_names_is_there():
    in_sentences = {
        entry["action"].partition(":")[2] for entry in message_catalog().values() if ":" in entry.get("action", "")
    }
    in_the_window = {
        name for path in GUI.rglob("*.py") for name in re.findall(r'\blink="([a-z_]+)"', path.read_text("utf-8"))
    }
    assert in_sentences
    assert in_the_window
    assert in_sentences | in_the_window <= {*OF_APP, *ELSEWHERE}


@pytest.mark.parametrize("name", ["", "google", "Facebook"])
def test_a_link_that_is_not_known_opens_nothing(name):
    with pytest.raises(KeyError):
        link_address(name, "180000000000001")
