"""Names and IDs beside tokens in JSON of any shape."""

import json

from tests.support.people import token_text
from tests.unit.services.test_import_table import NAMES, quadruples, read

NAME, ID, TOKEN = zip(*quadruples(NAMES), strict=True)


def test_lists_beside_each_other_belong_together_by_their_places():
    assert read(json.dumps({"names": NAME, "ids": ID, "tokens": TOKEN})) == quadruples(NAMES)
    assert read(json.dumps({"eu": {"page_ids": ID, "page_tokens": TOKEN, "page_names": NAME}})) == quadruples(NAMES)
    # Of another length they may belong to anything.
    assert read(json.dumps({"ids": ID[:2], "tokens": TOKEN})) == [("", "", token) for token in TOKEN]


def test_a_map_from_token_to_name_or_id_or_object():
    assert read(json.dumps(dict(zip(TOKEN, NAME, strict=True)))) == [(n, "", t) for n, _, t in quadruples(NAMES)]
    assert read(json.dumps(dict(zip(TOKEN, ID, strict=True)))) == [("", i, t) for _, i, t in quadruples(NAMES)]
    of_objects = {token: {"name": name, "id": page_id} for name, page_id, token in quadruples(NAMES)}
    assert read(json.dumps(of_objects)) == quadruples(NAMES)


def test_settings_in_one_object_belong_together_by_what_their_keys_share():
    settings: dict[str, str] = {}
    for k, (name, page_id, token) in enumerate(quadruples(NAMES)):
        settings |= {f"FB_PAGE_{k}_NAME": name, f"FB_PAGE_{k}_TOKEN": token, f"FB_PAGE_{k}_ID": page_id}
    assert read(json.dumps(settings)) == quadruples(NAMES)


def test_a_list_of_thousands_of_tokens_is_read():
    tokens = [token_text(number) for number in range(6000)]
    text = json.dumps({"ids": [str(10**14 + number) for number in range(6000)], "tokens": tokens})
    assert [(row[1], row[2]) for row in read(text)] == [(str(10**14 + n), token) for n, token in enumerate(tokens)]


def test_a_list_of_tokens_alone_is_read():
    assert read(json.dumps(TOKEN)) == [("", "", token) for token in TOKEN]
    assert read(json.dumps([TOKEN[0]])) == [("", "", TOKEN[0])]
    assert read(json.dumps(TOKEN[0])) == [("", "", TOKEN[0])]
