"""Copy for a tool: its own fields and format, the right kind of token, its own first call, and who got it."""

import json
import tomllib

import pytest

from gui.errors import UserError
from gui.services.check_all import check_all
from gui.services.first_call import try_tool
from gui.services.fit import evidence_of, ready_for
from gui.services.hand_over import choices, kind_words, note_given, prepare, tools_with_tokens, warnings
from gui.services.health import read_health, trouble_message
from gui.services.tools import tools
from gui.values import AppCredentials, Secret
from tests.support.people import JOB, app_of
from tests.support.purposes import log_in_for, rows_of

WITH_FIELDS = [key for key, one in tools().items() if one.fields]
PASTED = [key for key, one in tools().items() if one.wants_a_token]


def kind_of(practice, token):
    record = practice.world.mint.read(token)
    return {1: "user", 2: "page"}[record.kind]


@pytest.mark.parametrize("key", WITH_FIELDS)
def test_a_tool_gets_what_it_asks_for_and_nothing_is_left_to_fill_in(session, practice, key):
    tool = tools()[key]
    login = log_in_for(session, practice, tool.purposes or ("website_posts",))
    row = rows_of(session, login)["Amira’s Bakery"]
    if any("{instagram_id}" in value for _name, value in tool.fields):
        assert row.page.instagram_id
    hand_over = prepare(session, tool, [row], JOB)
    assert [one.name for one in hand_over.fields] == [name for name, _value in tool.fields]
    text = hand_over.text.reveal()
    for (name, place), field in zip(tool.fields, hand_over.fields, strict=True):
        value = field.value.reveal()
        assert value
        assert "{" not in value
        if place == "{page_ids}":
            assert json.loads(value) == [row.page.id]
            continue
        assert value in text
        if place in {"{page_token}", "{user_token}"}:
            assert kind_of(practice, value) == place.strip("{}").split("_")[0]
        assert field.is_secret == (place in {"{page_token}", "{user_token}", "{app_secret}"})
        assert field.is_own == ("{" not in place)
        if tool.format in {"env", "fields"}:
            assert f"{name}{'=' if tool.format == 'env' else ': '}{value}\n" in text
    if tool.format == "json":
        assert set(json.loads(text)) == {name for name, _value in tool.fields}


@pytest.mark.parametrize("key", PASTED)
def test_every_tool_is_walked_from_its_choice_to_a_working_test_call(session, practice, key):
    tool = tools()[key]
    login = log_in_for(session, practice, tool.purposes or ("website_posts",))
    row = rows_of(session, login)["Amira’s Bakery"]
    assert set(tool.purposes) - ready_for(evidence_of(row, login)) <= {"website_events", "website_reviews"}
    try_tool(session, tool, row, JOB)
    assert "token" in kind_words(tool).lower()


def test_settings_lines_are_settings_lines(session, practice):
    login = log_in_for(session, practice, ("publish_posts",))
    row = rows_of(session, login)["Amira’s Bakery"]
    text = prepare(session, tools()["laravel_poster"], [row], JOB).text.reveal()
    lines = dict(line.split("=", 1) for line in text.splitlines())
    assert lines["FACEBOOK_PAGE_ID"] == row.page.id
    assert lines["FACEBOOK_ACCESS_TOKEN"].startswith("EAA")
    assert " = " not in text


def test_yaml_that_rasa_reads(session, practice):
    login = log_in_for(session, practice, ("messages",))
    text = prepare(session, tools()["rasa"], [rows_of(session, login)["Amira’s Bakery"]], JOB).text.reveal()
    first, *rest = text.splitlines()
    assert first == "facebook:"
    # Quoted, and one level in: the same as TOML's name = "value".
    values = tomllib.loads("\n".join(line.strip().replace(": ", " = ", 1) for line in rest))
    assert values.keys() == {"verify", "secret", "page-access-token"}
    assert values["secret"] == practice.world.app_secret


def test_many_pages_are_a_block_each_or_one_list(session, practice):
    login = log_in_for(session, practice, ("publish_posts",))
    rows = list(rows_of(session, login).values())
    each = prepare(session, tools()["laravel_poster"], rows, JOB)
    text = each.text.reveal()
    assert text.count("FACEBOOK_PAGE_ID=") == 3
    assert "# مخبز أميرة (" in text
    assert {field.page_name for field in each.fields} == {row.page.name for row in rows}
    objects = json.loads(prepare(session, tools()["airbyte_json"], rows, JOB).text.reveal())
    assert [one["page_id"] for one in objects] == [row.page.id for row in rows]
    one_list = json.loads(prepare(session, tools()["tap_facebook_pages"], rows, JOB).text.reveal())
    assert one_list["page_ids"] == [row.page.id for row in rows]
    assert kind_of(practice, one_list["access_token"]) == "user"


def test_pages_without_a_token_are_left_out_and_named(session, practice):
    practice.world.faults.on("rows_without_tasks")
    login = log_in_for(session, practice, ("publish_posts",))
    rows = list(rows_of(session, login).values())
    assert prepare(session, tools()["laravel_poster"], rows, JOB).left_out == (practice.world.page(1).name,)
    with pytest.raises(UserError) as caught:
        prepare(session, tools()["laravel_poster"], [row for row in rows if not row.has_token], JOB)
    assert caught.value.kind == "none_has_token"


def test_what_is_not_here_is_said(session, practice):
    login = log_in_for(session, practice, ("messages",))
    row = rows_of(session, login)["مخبز أميرة"]
    with pytest.raises(UserError) as caught:
        prepare(session, tools()["gatsby_source_instagram"], [row], JOB)
    assert caught.value.kind == "page_without_instagram"
    app = app_of(practice)
    session.vault.keep_app(AppCredentials(app.app_id, Secret(""), app.name))
    with pytest.raises(UserError) as caught:
        prepare(session, tools()["rasa"], [row], JOB)
    assert caught.value.kind == "tool_needs_app_secret"


def test_a_made_up_word_is_new_each_time(session, practice):
    login = log_in_for(session, practice, ("messages",))
    row = rows_of(session, login)["Amira’s Bakery"]
    made = {prepare(session, tools()["rasa"], [row], JOB).fields[0].value.reveal() for _ in range(5)}
    assert len(made) == 5
    assert all(word.isalnum() for word in made)


def test_what_to_know_before_handing_over(session, practice):
    login = log_in_for(session, practice, ("publish_posts",))
    rows = list(rows_of(session, login).values())
    said = " ".join(warnings(tools()["rasa"], rows, [login]))
    assert "Not ready for all that this tool does: Read and answer Messenger messages" in said
    assert "Whoever has the App secret" in said
    assert "Require App Secret must be off" in " ".join(warnings(tools()["n8n"], rows, [login]))
    assert warnings(tools()["laravel_facebook_post"], [], []) == []


def test_a_tool_without_a_proof_fails_as_it_would_there(session, practice):
    login = log_in_for(session, practice, ("messages",))
    row = rows_of(session, login)["Amira’s Bakery"]
    practice.world.faults.on("require_proof")
    with pytest.raises(UserError) as caught:
        try_tool(session, tools()["n8n"], row, JOB)
    assert (caught.value.kind, caught.value.values["name"]) == ("tool_sends_no_proof", tools()["n8n"].name)
    try_tool(session, tools()["rasa"], row, JOB)


def test_who_got_a_token_stands_in_the_history_and_in_the_notice_of_its_death(session, practice):
    login = log_in_for(session, practice, ("messages",))
    rows = list(rows_of(session, login).values())
    note_given(session, tools()["rasa"], rows[:1], JOB)
    note_given(session, tools()["n8n"], rows[:2], JOB)
    note_given(session, tools()["postiz"], rows, JOB)
    assert tools_with_tokens(session, [rows[0].page.id]) == (tools()["n8n"].name, tools()["rasa"].name)
    assert tools_with_tokens(session, [rows[2].page.id]) == ()
    event = session.vault.history.events(kinds=("given",))[0]
    assert (event.detail, event.page_id) == (tools()["n8n"].name, rows[1].page.id)
    practice.world.faults.on("role_lost")
    check_all(session, JOB)
    (trouble,) = read_health(session, JOB).troubles
    assert (
        "Given to n8n (Facebook Graph API) and Rasa: paste the new token there"
        in trouble_message(session, trouble).text
    )


@pytest.mark.parametrize(("query", "found"), [("smash", "smash_balloon"), ("HOME ASSISTANT", "home_assistant")])
def test_a_tool_is_found_by_its_name(query, found):
    assert [one.key for one in choices(query)] == [found]
    assert len(choices("")) == len(tools())
