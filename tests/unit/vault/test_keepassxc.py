"""KeePassXC as the keychain: the whole job, and each way it can say no."""

import threading

import pytest

from gui.values import Secret
from gui.vault.entries import Entry, decode_bundle, encode_bundle, split_into_bundles
from gui.vault.errors import VaultError
from gui.vault.keychain import Keychain
from gui.vault.vault import Vault
from tests.support.keepassxc import KeePassXC
from tests.support.people import JOB, app_of, connection_of, keep_pages

WORDS = Secret("EAAmakeBelieve" + "7" * 60)


class KeychainOf(Keychain):
    """The items of the tests, and the program that holds them."""

    def __init__(self, program):
        self.prompts: list[bool] = []
        super().__init__("Page Keys test", prompt_changed=self.prompts.append)
        self.program = program


@pytest.fixture
def keychain(request):
    with KeePassXC(**getattr(request, "param", {})) as program:
        keychain = KeychainOf(program)
        yield keychain
        keychain.close()


def failure_of(call):
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.kind


def in_background(call):
    """`call` on a thread; a list that gets its outcome, and the thread."""
    outcomes = []

    def run():
        try:
            outcomes.append(call())
        except VaultError as error:
            outcomes.append(error.kind)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return outcomes, thread


def read_as_another(keychain):
    """Read what was written by a client that it does not know any more: it asks only who did not write it."""
    keychain.write("app", WORDS)
    keychain.close()
    return in_background(lambda: keychain.read("app"))


def test_an_app_a_login_and_its_pages_are_kept_found_again_and_forgotten(keychain, practice, tmp_path):
    from gui.services.keep import keep_login
    from gui.services.list_pages import list_pages
    from gui.services.session import Session
    from gui.values import Site

    session = Session(Site(practice.url, practice.url), lambda: Vault(tmp_path / "p", keychain))
    session.vault.keep_app(app_of(practice))
    stored = keep_login(session, connection_of(practice), JOB)
    rows = list_pages(session, connection_of(practice), JOB).rows
    keep_pages(session, stored, rows)
    tokens = session.vault.page_tokens(stored.id)
    assert len(tokens) == len(rows)

    # A lost database is made anew from what KeePassXC holds.
    again = Vault(tmp_path / "q", keychain)
    again.recover()
    assert again.page_tokens(again.logins()[0].id) == tokens

    again.forget_login(again.logins()[0])
    assert keychain.read("packs") is None


@pytest.mark.parametrize(
    "name", ["{TITLE}", "{USERNAME} {REF:P@I:0}", "{{PASSWORD}}", "Bäckerei {URL:HOST} }{", "\\{T}"]
)
def test_a_name_that_keepassxc_would_replace_comes_back(keychain, name):
    entries = {"page:1:2:3": Entry(WORDS, (name, "Bakery", None, 0))}
    keychain.write("pack-1", Secret(encode_bundle(entries, 1)))
    assert decode_bundle(keychain.read("pack-1").reveal()) == (entries, 1)
    assert [bundle.keys for bundle in split_into_bundles(entries, 400)] == [list(entries)]


def test_a_locked_database_is_asked_for_and_opened_in_its_own_window(keychain):
    with keychain.program.saving():
        keychain.write("app", WORDS)
    keychain.program.kill()
    keychain.program.start(unlocked=False)
    outcomes, thread = in_background(lambda: keychain.read("app"))
    keychain.program.press("Unlock Database", *_typed())
    thread.join(20)
    assert outcomes == [WORDS]


def _typed():
    names = {" ": "space", "-": "minus"}
    return [names.get(letter, letter) for letter in "make-believe words"] + ["Return"]


@pytest.mark.parametrize("keychain", [{"asks": True}], indirect=True)
def test_one_that_asks_for_each_access_is_waited_for(keychain):
    outcomes, thread = read_as_another(keychain)
    keychain.program.wait_until(lambda: keychain.prompts == [True], "word of the prompt")
    keychain.program.press("Access Request", "Return")
    thread.join(20)
    assert outcomes == [WORDS]
    assert keychain.prompts == [True, False]


@pytest.mark.parametrize("keychain", [{"asks": True}], indirect=True)
def test_a_refused_request_is_said_to_be_that(keychain):
    outcomes, thread = read_as_another(keychain)
    keychain.program.press("Access Request", "Escape")
    thread.join(20)
    assert outcomes == ["keychain_refused"]


@pytest.mark.parametrize("keychain", [{"asks": True}], indirect=True)
def test_one_that_ends_while_it_asks_is_waited_for_no_longer(keychain):
    outcomes, thread = read_as_another(keychain)
    keychain.program.wait_for("Access Request")
    keychain.program.kill()
    thread.join(20)
    assert outcomes == ["keychain_not_running"]
    assert keychain.prompts[-1:] != [True], "nobody is said to be asked any more"


@pytest.mark.parametrize("keychain", [{"asks": True}], indirect=True)
def test_closing_ends_the_wait_for_an_answer(keychain):
    outcomes, thread = read_as_another(keychain)
    keychain.program.wait_for("Access Request")
    keychain.close()
    thread.join(20)
    assert outcomes == ["keychain_locked"]


def test_one_that_was_closed_is_said_not_to_run_and_serves_again_once_started(keychain):
    with keychain.program.saving():
        keychain.write("app", WORDS)
    keychain.program.kill()
    assert failure_of(lambda: keychain.read("app")) == "keychain_not_running"
    keychain.program.start()
    assert keychain.read("app") == WORDS


@pytest.mark.parametrize("keychain", [{"exposed": False}], indirect=True)
def test_a_database_that_shares_no_group_is_said_to_be_that(keychain):
    assert failure_of(lambda: keychain.read("app")) == "no_default_keychain"
