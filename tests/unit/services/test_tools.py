"""Tools that ask for a token: tools.toml against the table of what each asks for."""

import re
from pathlib import Path

import pytest

from gui.services.purposes import purposes
from gui.services.tools import purposes_line, tools

TABLE = (Path(__file__).parents[2] / "recorded" / "tools" / "table.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("|") and not re.match(r"\|\s*(tool|---)", line)
]
KEYS = (
    "n8n", "airbyte", "tap_facebook_pages", "tap_facebook", "kestra", "home_assistant", "node_red_redbot", "rasa",
    "opsdroid", "botkit", "botman", "azure_bot_service", "botpress", "live_helper_chat", "original_coast_clothing",
    "messenger_platform_samples", "laravel_messenger", "laravel_poster", "laravel_facebook_post",
    "github_facebook_action", "facebook_mcp_server", "facebook_pages_mcp_server", "gatsby_source_instagram",
    "smash_balloon", "feed_them_social", "joomla_simple_feed", "silverstripe_facebook_feed", "apps_script_leads",
    "postiz", "mixpost", "chatwoot", "erxes", "zammad", "revive_social", "contao_social_feed", "typo3_pxa_social_feed",
    "grav_facebookfeed", "activepieces", "pipedream", "make", "n8n_lead_ads", "looker_studio_connector",
    "hosted_tools", "rss_bridge",
)  # fmt: skip
PASTED = list(zip(KEYS[:28], ROWS[:28], strict=True))
BY_ROW = {one.row: one.key for one in purposes().values()}


def test_every_tool_of_the_table_is_an_entry():
    assert len(ROWS) == len(KEYS) == 44
    assert {key for key, one in tools().items() if not one.variant_of} == set(KEYS)


@pytest.mark.parametrize(("key", "row"), PASTED, ids=KEYS[:28])
def test_a_tool_names_its_fields_as_the_tool_does(key, row):
    forms = [one for one in tools().values() if key in {one.key, one.variant_of}]
    names = {name for one in forms for name, _value in one.fields}
    written = " ".join(one.template for one in forms) + " ".join(names)
    # What stands in parentheses the tool makes itself.
    for name in re.findall(r"\*([A-Z][^*]+)\*", re.sub(r"\(.*?\)", "", row[1])):
        assert any(part.strip() in names for part in [name, *name.split(",")]) or key in {
            "kestra",
            "smash_balloon",
            "n8n",
        }
    for name in re.findall(r"`([A-Za-z_][A-Za-z_-]+)`", row[2].split(";")[0]):
        if name not in {"facebookGraphApi", "env"} and not name.startswith("accessToken"):
            alike = {one.lower().replace(" ", "_") for one in names}
            shown = any(one.startswith(name.split("_")[0]) for one in alike)
            assert name in written or shown or name.replace("_", " ").title() in names, name


@pytest.mark.parametrize(("key", "row"), PASTED, ids=KEYS[:28])
def test_a_tool_wants_the_kind_of_token_of_its_row(key, row):
    kind = row[3].replace("**", "").split(":")[0]
    wanted = {"P": "page", "U": "user"}
    expected = (
        "both" if re.match(r"P, U", kind)
        else "either" if re.match(r"P or U|P/U", kind)
        else wanted[kind[0]]
    )  # fmt: skip
    assert tools()[key].wants == expected


@pytest.mark.parametrize(("key", "row"), PASTED, ids=KEYS[:28])
def test_a_tool_is_for_the_purposes_of_its_row(key, row):
    numbers = re.findall(r"\b\d+[abc]?\b", row[4].split(":")[0].replace("1-4", "1, 2, 3, 4"))
    forms = [one for one in tools().values() if key in {one.key, one.variant_of}]
    found = {purpose for one in forms for purpose in one.purposes}
    for row_number in numbers:
        keys = [value for name, value in BY_ROW.items() if name.rstrip("abc") == row_number.rstrip("abc")]
        assert found & set(keys), row_number


@pytest.mark.parametrize("key", tools())
def test_an_entry_is_whole(key):
    tool = tools()[key]
    assert len(tool.steps) == 3
    assert all(step.endswith(".") for step in (*tool.steps, *([tool.mind] if tool.mind else [])))
    assert set(tool.purposes) <= purposes().keys()
    assert (tool.format == "template") == bool(tool.template)
    assert bool(tool.fields) == (tool.wants not in {"own_app", "nothing"})
    assert not tool.wants_a_token or tool.call
    assert purposes_line(tool)
    places = " ".join(value for _name, value in tool.fields) + tool.template
    if tool.wants in {"user", "both"}:
        assert "{user_token}" in places
    if tool.wants in {"page", "either", "both"}:
        assert "{page_token}" in places
    if tool.wants == "app":
        assert "{app_id}" in places
        assert "{app_secret}" in places
    for name, _value in tool.fields if tool.variant_of != "library" else ():
        assert tool.format != "template" or name in tool.template
