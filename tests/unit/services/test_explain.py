"""Whatever goes wrong is said in words, with every place filled and the button that mends it."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.errors import Cancelled, UserError
from gui.graph.errors import Envelope, GraphError, from_envelope
from gui.services.explain import explain, message, message_catalog, parse_request
from gui.shell.commands import Command, Request
from gui.values import Action, Message, Tone

KINDS = sorted(message_catalog())
ACTIONS = sorted({entry["action"] for entry in message_catalog().values() if "action" in entry})
#: Every place that any sentence has.
PLACES = sorted(
    {
        place
        for entry in message_catalog().values()
        for text in entry.values()
        for _, place, _, _ in string.Formatter().parse(text)
        if place
    }
)


def words(notice: Message) -> str:
    return f"{notice.title} {notice.text}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_said_with_no_place_left_open(kind):
    for values in ({}, dict.fromkeys(PLACES, "Nordlys"), dict.fromkeys(PLACES, "")):
        notice = message(kind, **values)
        assert "{" not in words(notice)
        assert "}" not in words(notice)
        assert "  " not in words(notice)
        assert notice.kind == kind
        assert notice.tone is Tone(message_catalog()[kind].get("tone", "bad"))
    assert message(kind, **dict.fromkeys(PLACES, "Nordlys")).title


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_said_as_its_kind_is(kind):
    values = dict.fromkeys(PLACES, "Nordlys")
    assert explain(UserError(kind, details={}, **values)) == message(kind, **values)


@pytest.mark.parametrize("kind", KINDS)
def test_the_button_is_the_one_that_the_sentence_names(kind):
    entry, notice = message_catalog()[kind], message(kind)
    if "action" in entry:
        assert notice.action == Action(entry["button"], parse_request(entry["action"]))
    else:
        assert notice.action is None


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_a_value_of_any_text_never_breaks_a_sentence(kind, text):
    notice = message(kind, **dict.fromkeys(PLACES, text))
    assert " ".join(words(notice).split()) == words(notice).strip()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Amira’s Bakery", "Amira’s Bakery"),
        ("مخبز أميرة", "\u2068مخبز أميرة\u2069"),
        ("🌸 Blossom & Co", "🌸 Blossom & Co"),
        ("{fault}", "{fault}"),
        ("a\n  b", "a b"),
    ],
)
def test_a_name_stands_in_the_sentence_as_it_is(name, shown):
    assert explain(UserError("page_without_token", name=name)).title == f"{shown} came without a token"


def test_a_fault_of_the_program_is_named_as_one_and_holds_nothing_of_its_text():
    for error in (ValueError("EAAsecret"), KeyError("EAAsecret"), Cancelled("EAAsecret")):
        notice = explain(error)
        assert notice.kind == "program_fault"
        assert notice.details == (("fault", type(error).__name__),)
        assert "EAAsecret" not in repr(notice)


def test_a_kind_that_nobody_knows_is_said_as_facebooks_word():
    notice = explain(UserError("never_heard_of", message="Something odd."))
    assert (notice.kind, notice.title) == ("never_heard_of", message("facebook_said", message="Something odd.").title)
    assert "Something odd." in words(notice)


def test_what_facebook_said_is_left_out_where_it_said_nothing():
    silent, speaking = message("facebook_said"), message("facebook_said", message="Something odd.")
    assert silent.title == "Facebook refused this"
    assert silent.text == message_catalog()["facebook_said"]["todo"]
    assert speaking.text == f"Facebook says: Something odd. {silent.text}"


def test_an_error_of_facebooks_brings_its_code_for_who_helps():
    error = from_envelope(Envelope("Session has expired", "OAuthException", 190, 463, fbtrace_id="AbC"), 400)
    assert isinstance(error, GraphError)
    assert explain(error).details == (
        ("HTTP status", "400"),
        ("code", "190"),
        ("subcode", "463"),
        ("type", "OAuthException"),
        ("Facebook says", "Session has expired"),
        ("fbtrace_id", "AbC"),
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_read_as_a_request(action):
    name, _, link = action.partition(":")
    assert parse_request(action) == Request(Command(name), link=link)


@pytest.mark.parametrize("command", list(Command))
def test_every_command_is_read_by_its_word(command):
    assert parse_request(command.value) == Request(command)


@pytest.mark.parametrize("action", ["", ":", "nothing", "LOGIN", "login ", ":facebook", "opens:facebook"])
def test_an_unknown_action_is_an_error(action):
    with pytest.raises(ValueError, match="is not a valid Command"):
        parse_request(action)
