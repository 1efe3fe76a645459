"""What keys say, and the named values of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.services.import_fields import Key, Kind, NamedValues, fields_of, key_of, list_of, setting_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("name", Key(Kind.NAME)), ("Page name", Key(Kind.NAME)), ("pageId", Key(Kind.ID)), ("fb_page_id", Key(Kind.ID)),
        ("FB_PAGE_2_NAME", Key(Kind.NAME, "2")), ("SHOP_BERLIN_ID", Key(Kind.ID, "shop berlin")),
        ("pageAccessToken", Key(Kind.TOKEN)), ("PAGE_ACCESS_TOKENS", Key(Kind.TOKEN, "", True)),
        ("NAME_3", Key(Kind.NAME, "3")), ("SET name", Key(Kind.NAME)), ("pages SET name", Key(Kind.NAME)),
        ("app_id", Key(Kind.ID, "app")), ("user_id", None), ("USER_TOKEN", Key(Kind.TOKEN, "user")),
        ("password", None), ("valid", None), ("rename", None), ("", None), ("12", None), ("name" * 90, None),
    ],
)  # fmt: skip
def test_a_key_says_what_its_value_is(text, key):
    assert key_of(text) == key


def test_values_are_taken_whole_whatever_is_around_them():
    def pairs(line):
        return [(field.key.kind.value, field.value) for field in fields_of(line)]

    assert pairs("name: Müller, Söhne & Co.") == [("name", "Müller, Söhne & Co.")]
    assert pairs("name: Shop # main") == [("name", "Shop")]
    assert pairs("{id: 12345, name: Café Blau}") == [("id", "12345"), ("name", "Café Blau")]
    assert pairs("SET name = 'O''Brien', x = 1 WHERE id = 12345;") == [("name", "O'Brien"), ("id", "12345")]
    assert pairs(r'"name": "The \"Best\" Shop",') == [("name", 'The "Best" Shop')]
    assert pairs("<ns:name>Green &amp; Co</ns:name>") == [("name", "Green & Co")]
    assert pairs("https://www.facebook.com/profile.php?id=104400000000021&sk=about") == [("id", "104400000000021")]


@given(st.text(max_size=300))
def test_no_line_is_a_fault(line):
    fields = fields_of(line)
    assert all(0 <= field.start <= len(line) for field in fields)
    setting = setting_of(line)
    list_of(line)
    NamedValues([setting]).complete([], setting)
