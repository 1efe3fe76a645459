"""Names and IDs beside tokens in lines and rows, in whatever way a text names them."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.errors import UserError
from gui.services.import_rows import read_import_text
from gui.values import Secret
from tests.support.people import JOB, token_text

#: How people and programs write a Page, its ID and its token: one record, what parts records, what stands around them.
SHAPES = {
    "XML elements": (
        " <page>\n  <id>{i}</id>\n  <name>{x}</name>\n  <token>{t}</token>\n </page>\n",
        "",
        "<pages>\n{}</pages>",
    ),
    "XML elements in a line": ("<page><id>{i}</id><name>{x}</name><token>{t}</token></page>", "\n", "<a>\n{}\n</a>"),
    "XML attributes": ('<page id="{i}" name="{x}" token="{t}"/>', "\n", "<pages>\n{}\n</pages>"),
    "XML in one line": ('<page name="{x}" token="{t}" id="{i}"/>', "", "<pages>{}</pages>"),
    "property list": (
        "<key>id</key><string>{i}</string><key>name</key><string>{x}</string><key>token</key><string>{t}</string>",
        "\n",
        "<plist>\n{}\n</plist>",
    ),
    "SQL updates": ("UPDATE pages SET name = '{q}', access_token = '{t}' WHERE page_id = {i};", "\n", "{}"),
    "SQL updates with other quotes": ("UPDATE `pages` SET `token`='{t}',`name`='{q}' WHERE `id`='{i}';", "\n", "{}"),
    "JavaScript": ('  {{ id: "{i}", name: "{n}", token: "{t}" }}, // shop', "\n", "const pages = [\n{}\n];"),
    "JavaScript over lines": (
        '  {{\n    id: "{i}",\n    token: "{t}",\n    name: "{n}",\n  }},',
        "\n",
        "x = [\n{}\n];",
    ),
    "PHP": ("['id' => '{i}', 'name' => \"{n}\", 'token' => '{t}'],", "\n", "<?php $pages = [\n{}\n];"),
    "JSON with a comma too many": ('{{"id":"{i}","name":"{n}","access_token":"{t}"}},', "", "[{}]"),
    "YAML": ("  {n}:\n    id: {i}\n    token: {t}", "\n", "pages:\n{}"),
    "YAML in braces": ('  - {{name: "{n}", id: {i}, token: {t}}}', "\n", "pages:\n{}"),
    "INI": ("[{n}]\nid={i}\ntoken={t}", "\n\n", "{}"),
    "numbered settings": ("FB_PAGE_{k}_NAME={n}\nFB_PAGE_{k}_ID={i}\nFB_PAGE_{k}_TOKEN={t}", "\n", "{}"),
    "sentences": ("{n} ({i}): {t}", "\n", "{}"),
    "hyphens": ("{n} - {i} - {t}", "\n", "{}"),
}
NAMES = ("Café Blau", "Green & Co", "Łódź Rowery")


def quadruples(names):
    return [(name, str(104400000000021 + number), token_text(number)) for number, name in enumerate(names)]


def written(shape: str, names) -> str:
    record, between, around = SHAPES[shape]
    records = [
        record.format(k=k, n=n, i=i, t=t, x=n.replace("&", "&amp;"), q=n.replace("'", "''"))
        for k, (n, i, t) in enumerate(quadruples(names))
    ]
    return around.replace("{}", between.join(records))


def read(text: str) -> list[tuple[str, str, str]]:
    rows = read_import_text(Secret(text), JOB).rows
    return [(row.name, row.page_id, row.secret.reveal()) for row in rows if row.secret]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_stands_nearest_belongs_together(shape):
    assert read(written(shape, NAMES)) == quadruples(NAMES)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([shape for shape in SHAPES if shape not in {"sentences", "hyphens"}]),
    st.lists(
        st.from_regex(r"[A-ZÄÖÉ][a-zäöéñł]{2,9}( [A-Z][a-z]{2,9}){0,2}", fullmatch=True),
        min_size=1,
        max_size=5,
        unique=True,
    ),
)
def test_it_is_so_for_any_names(shape, names):
    from_word = {"Page", "Pages", "Name", "Title", "Token", "Data", "List", "Items", "Config", "Tokens", "Accounts"}
    if not from_word & {word for name in names for word in name.split()}:
        assert read(written(shape, names)) == quadruples(names)


def test_lists_and_numbered_settings_are_put_together():
    (n, i, t) = zip(*quadruples(NAMES), strict=True)
    lists = f"PAGE_NAMES={','.join(n)}\nPAGE_IDS={','.join(i)}\nPAGE_TOKENS={','.join(t)}\n"
    assert read(lists) == quadruples(NAMES)
    blocks = "".join(
        "".join(f"{key}_{k}={value}\n" for k, value in enumerate(values))
        for key, values in (("NAME", n), ("ID", i), ("TOKEN", t))
    )
    assert read(blocks) == quadruples(NAMES)
    lying = f"name,{','.join(n)}\nid,{','.join(i)}\ntoken,{','.join(t)}\n"
    assert read(lying) == quadruples(NAMES)


def test_the_id_in_the_address_of_a_call_is_its_pages():
    ((name, page_id, token),) = quadruples(NAMES[:1])
    text = f"# {name}\ncurl 'https://graph.facebook.com/v25.0/{page_id}/feed?access_token={token}'\n"
    assert [row[1:] for row in read(text)] == [(page_id, token)]


def test_a_persons_and_an_apps_ids_are_no_pages():
    ((_, page_id, token),) = quadruples(NAMES[:1])
    assert read(f"APP_ID={page_id}\nACCESS_TOKEN={token}\n") == [("", "", token)]
    assert read(f"USER_ID={page_id}\nUSER_TOKEN={token}\n") == [("", "", token)]
    assert read(f'{{"app_id": "{page_id}", "user_id": "{page_id}", "access_token": "{token}"}}') == [("", "", token)]


ORDERS = [
    ("{t}\n{n}\n", "n"), ("TOKEN={t}\nNAME={n}\n", "n"), ("Token: {t}\nName: {n}\nPage ID: {i}\n", "ni"),
    ("Page: {n}\nToken: {t}\nID: {i}\n", "ni"), ("PAGE_ID={i}\nPAGE_TOKEN={t}\nPAGE_NAME={n}\n", "ni"),
    ("{n}\n{i}\n{t}\n", "ni"), ("{n}\n{t}\n{i}\n", "ni"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "holds"), ORDERS)
def test_lines_without_a_gap_belong_to_the_token_that_they_stand_with_in_whatever_order(record, holds):
    expected = [(n if "n" in holds else "", i if "i" in holds else "", t) for n, i, t in quadruples(NAMES)]
    assert read("".join(record.format(n=n, i=i, t=t) for n, i, t in quadruples(NAMES))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{'data': [{one}, {two}]}}", '{{"data": [{one}, {two}', "x=[{one},{two}];", "[\n  {one},\n  {two}\n]  // cut",
    ],
)  # fmt: skip
def test_a_category_in_braces_of_its_own_is_no_pages_name(text):
    one, two = (
        f"{{'access_token': '{t}', 'category_list': [{{'id': '25001', 'name': 'Bar'}}], 'name': '{n}', 'id': '{i}'}}"
        for n, i, t in quadruples(("Café Blau", "Green"))
    )
    assert read(text.format(one=one, two=two)) == quadruples(("Café Blau", "Green"))


def test_a_category_on_a_line_of_its_own_is_no_pages_name():
    ((n, i, t),) = quadruples(NAMES[:1])
    lines = f"access_token: '{t}',\n category_list: [ {{ id: '250010000', name: 'Bar' }} ],\n name: '{n}',\n id: '{i}'"
    assert read(lines) == [(n, i, t)]


@pytest.mark.parametrize("no_name", ["c_user=61550000000001;xs=2%3Aabc", "anna@example.com", "Access Token", "Hello,"])
def test_what_is_no_name_is_not_taken_for_one(no_name):
    ((_, _, t),) = quadruples(NAMES[:1])
    assert read(f"{no_name}\n{t}\n") == [("", "", t)]


@pytest.mark.parametrize(
    "text",
    [
        "EAA" * 33_000, "token\t{0}\t{1}\nname\ta\tb\n" * 240, "name\n" * 20_000, "EAA" + "x" * 25 + "\n" * 3,
        "{" * 50_000, "name:'" * 15_000,
    ],
)  # fmt: skip
def test_no_text_of_a_hundred_thousand_letters_is_slow(text):
    begun = time.monotonic()
    with contextlib.suppress(UserError):
        read_import_text(Secret(text.format(token_text(1), token_text(2)) if "{0}" in text else text), JOB)
    # Longer it hangs, however busy the computer is.
    assert time.monotonic() - begun < 60
