"""Copy for a tool: its own fields and format, the right kind of token, its own first call, and who got it."""

import json
import tomllib
from dataclasses import replace

import pytest

from gui.errors import UserError
from gui.services.check_all import check_all
from gui.services.first_call import try_tool, try_tool_for
from gui.services.fit import evidence_of, ready_for
from gui.services.hand_over import (
    USER_KINDS,
    cautions,
    choices,
    kind_words,
    note_given,
    prepare,
    tools_with_tokens,
)
from gui.services.health import read_health, trouble_message
from gui.services.keep import keep_login
from gui.services.list_pages import list_pages
from gui.services.tools import tools
from gui.values import AppCredentials, Secret, TokenState
from tests.support.people import ALL, JOB, app_of, connection_of, keep_pages
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
        assert field.is_own == ("{" not in place and name not in tool.ready)
        assert not (field.is_secret and field.shown)
        if place in {"{page_id}", "{instagram_id}", "{app_id}"}:
            assert field.shown == value
        if tool.format in {"env", "fields"}:
            assert f"{name}{'=' if tool.format == 'env' else ': '}{value}\n" in text
    if tool.format == "json":
        assert set(json.loads(text)) == {name for name, _value in tool.fields}


@pytest.mark.parametrize("key", PASTED)
def test_every_tool_is_walked_from_its_choice_to_a_working_test_call(session, practice, key):
    tool = tools()[key]
    login = log_in_for(session, practice, tool.purposes or ("website_posts",))
    row = rows_of(session, login)["Amira’s Bakery"]
    assert set(tool.purposes) - ready_for(evidence_of(row, login, session.now())) <= {
        "website_events",
        "website_reviews",
    }
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


def test_a_made_up_word_stays_while_the_program_runs(session, practice):
    login = log_in_for(session, practice, ("messages",))
    rows = list(rows_of(session, login).values())
    words = [prepare(session, tools()["rasa"], [row], JOB).fields[0].value.reveal() for row in rows]
    assert len(set(words)) == 1, "an app's webhooks take one word"
    other = prepare(session, tools()["node_red_redbot"], rows[:1], JOB).fields[-1].value.reveal()
    assert other not in words
    assert all(word.isalnum() for word in (*words, other))


def accounts_of_two_apps(session, practice):
    """Two people who logged in through two apps."""
    first = log_in_for(session, practice, ("messages", "publish_posts", "ads"))
    other = connection_of(practice, 3, ALL, pages=(3, 4))
    app = AppCredentials("999999999999999", Secret("0123456789abcdef0123456789abcdef"), "Nord Publisher")
    session.vault.keep_app(app)
    second = keep_login(session, replace(other, app=app, token=replace(other.token, app_id=app.app_id)), JOB)
    keep_pages(session, second, list_pages(session, other, JOB).rows[:2])
    return first, second, app


@pytest.mark.parametrize("key", [key for key, one in tools().items() if one.fields and one.many == "each"])
def test_each_page_gets_what_is_of_its_own_account(session, practice, key):
    tool = tools()[key]
    first, second, app = accounts_of_two_apps(session, practice)
    assert rows_of(session, second)
    rows = [next(iter(rows_of(session, login).values())) for login in (first, second)]
    if "{instagram_id}" in str(tool.fields):
        rows = [replace(row, page=replace(row.page, instagram_id=f"178{row.page.id[-12:]}")) for row in rows]
    fields = prepare(session, tool, rows, JOB).fields
    half = len(fields) // 2
    mine, theirs = fields[:half], fields[half:]
    assert len(mine) == len(theirs) == len(tool.fields)
    for (_name, place), one, two in zip(tool.fields, mine, theirs, strict=True):
        if place == "{app_secret}":
            assert (one.value, two.value) == (app_of(practice).secret, app.secret)
        elif place == "{app_id}":
            assert (one.value.reveal(), two.value.reveal()) == (app_of(practice).app_id, app.app_id)
        elif "{" in place:
            assert one.value != two.value


def test_what_says_nothing_of_a_page_is_given_once_for_each_account(session, practice):
    first, second, _app = accounts_of_two_apps(session, practice)
    rows = [*rows_of(session, first).values(), *rows_of(session, second).values()]
    hand_over = prepare(session, tools()["postiz"], rows, JOB)
    assert (hand_over.blocks, len(hand_over.rows)) == (2, 5)


def test_a_user_token_that_has_ended_is_not_handed_over(session, practice):
    login = log_in_for(session, practice, ("ads",))
    row = next(iter(rows_of(session, login).values()))
    practice.world.advance(61 * 86_400)
    for key in ("tap_facebook", "facebook_pages_mcp_server"):
        with pytest.raises(UserError) as caught:
            prepare(session, tools()[key], [row], JOB)
        assert caught.value.kind == "tool_needs_user_token"


def test_pages_without_instagram_are_left_out_and_named(session, practice):
    login = log_in_for(session, practice, ("instagram_feed",))
    rows = list(rows_of(session, login).values())
    hand_over = prepare(session, tools()["gatsby_source_instagram"], rows, JOB)
    assert [row.page.name for row in hand_over.rows] == ["Amira’s Bakery"]
    assert set(hand_over.left_out) == {row.page.display_name for row in rows} - {"Amira’s Bakery"}


def test_several_pages_are_one_list_where_the_tool_takes_a_list(session, practice):
    login = log_in_for(session, practice, ("messages",))
    rows = list(rows_of(session, login).values())
    hand_over = prepare(session, tools()["home_assistant"], rows, JOB)
    text = hand_over.text.reveal()
    assert text.count("notify:") == 1
    assert text.count("  - platform: facebook\n") == 3
    assert not hand_over.is_one_at_a_time
    assert prepare(session, tools()["rasa"], rows, JOB).is_one_at_a_time


@pytest.mark.parametrize("key", PASTED)
def test_a_tool_that_gets_no_app_secret_is_tested_without_a_proof(session, practice, key):
    tool = tools()[key]
    login = log_in_for(session, practice, tool.purposes or ("website_posts",))
    row = rows_of(session, login)["Amira’s Bakery"]
    practice.world.faults.on("require_proof")
    if any("{app_secret}" in value for _name, value in tool.fields) and tool.sends_proof:
        try_tool(session, tool, row, JOB)
        return
    with pytest.raises(UserError) as caught:
        try_tool(session, tool, row, JOB)
    assert caught.value.kind == "tool_sends_no_proof"


def test_a_test_of_several_pages_names_the_one_that_fails(session, practice):
    login = log_in_for(session, practice, ("website_posts",))
    rows = list(rows_of(session, login).values())
    assert try_tool_for(session, tools()["smash_balloon"], rows, JOB) == 3
    unknown = replace(rows[1], page=replace(rows[1].page, id="1", name="Gone"))
    with pytest.raises(UserError) as caught:
        try_tool_for(session, tools()["smash_balloon"], [rows[0], unknown, rows[2]], JOB)
    assert caught.value.kind == "tool_fails_for_page"
    assert "Gone" in caught.value.values["name"]


def test_what_died_says_which_tools_had_that_kind_of_token(session, practice):
    login = log_in_for(session, practice, ("ads", "publish_posts"))
    rows = list(rows_of(session, login).values())
    for key in ("tap_facebook", "airbyte", "airbyte_json"):
        note_given(session, tools()[key], rows, JOB)
    ids = [row.page.id for row in rows]
    assert tools_with_tokens(session, ids) == (tools()["airbyte"].name,)
    assert tools_with_tokens(session, ids, USER_KINDS) == (tools()["tap_facebook"].name,)


@pytest.mark.parametrize("query", ["wordpress", "FACEBOOK_PAGE_ID", "python", "php", "configuration.yaml"])
def test_a_search_looks_at_fields_and_words_too(query):
    assert choices(query)


def texts_of(found):
    return " ".join(one.text for one in found)


def test_what_to_know_before_handing_over(session, practice):
    login = log_in_for(session, practice, ("publish_posts",))
    rows = list(rows_of(session, login).values())
    said = texts_of(cautions(tools()["rasa"], rows, [login], session.now()))
    assert "Not ready for all that this tool does: Read and answer Messenger messages" in said
    assert "Whoever has the App secret" in said
    assert "Require App Secret must be off" in texts_of(cautions(tools()["n8n"], rows, [login], session.now()))
    assert cautions(tools()["laravel_facebook_post"], [], [], 0) == []


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


def test_a_notice_is_worded_without_the_database(session, practice, monkeypatch):
    login = log_in_for(session, practice, ("messages",))
    note_given(session, tools()["rasa"], list(rows_of(session, login).values()), JOB)
    practice.world.faults.on("role_lost")
    check_all(session, JOB)
    (trouble,) = read_health(session, JOB).troubles
    monkeypatch.setattr(type(session.vault.database), "rows", None)
    assert "Given to Rasa" in trouble_message(session, trouble).text


@pytest.mark.parametrize(("query", "found"), [("smash", "smash_balloon"), ("HOME ASSISTANT", "home_assistant")])
def test_a_tool_is_found_by_its_name(query, found):
    assert [one.key for one in choices(query)] == [found]
    assert len(choices("")) == len(tools())


@pytest.mark.parametrize("key", ["n8n", "own_yaml", "library_koala", "rasa"])
def test_a_dead_token_is_not_handed_out_without_a_word(session, practice, key):
    login = log_in_for(session, practice, ("messages", "webhooks"))
    row = rows_of(session, login)["Amira’s Bakery"]
    assert not any(one.row for one in cautions(tools()[key], [row], [login], session.now()))
    dead = replace(row, state=TokenState.NEEDS_YOU, why="password_changed")
    (caution,) = [one for one in cautions(tools()[key], [dead], [login], session.now()) if one.row]
    assert caution.text == "The token does not work now: Amira’s Bakery."
    assert caution.row is dead


@pytest.mark.parametrize("key", WITH_FIELDS)
def test_a_name_ends_neither_php_nor_a_comment(session, practice, key):
    login = log_in_for(session, practice, tools()[key].purposes or ("website_posts",))
    rows = [
        replace(row, page=replace(row.page, name=f"A ?> */ {number}", instagram_id="178"))
        for number, row in enumerate(rows_of(session, login).values())
    ]
    text = prepare(session, tools()[key], rows, JOB).text.reveal()
    assert "?>" not in text
    assert "*/" not in text


def test_a_remark_in_java_begins_as_java_has_it(session, practice):
    login = log_in_for(session, practice, ("website_posts",))
    text = prepare(session, tools()["library_restfb"], list(rows_of(session, login).values()), JOB).text.reveal()
    assert {line[:2] for line in text.splitlines() if line and not line.startswith("FacebookClient")} == {"//"}


def test_no_page_and_a_login_that_is_gone_are_said(session, practice):
    login = log_in_for(session, practice, ("website_posts",))
    (row, *_rest) = rows_of(session, login).values()
    for key in ("tap_facebook_pages", "rasa", "n8n", "postiz"):
        with pytest.raises(UserError) as caught:
            prepare(session, tools()[key], [], JOB)
        assert caught.value.kind == "none_has_token"
    session.vault.forget_login(login, keep_app=True)
    with pytest.raises(UserError) as caught:
        prepare(session, tools()["postiz"], [row], JOB)
    assert caught.value.kind == "page_not_kept"
