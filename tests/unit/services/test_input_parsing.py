import pytest

from gui.errors import UserError
from gui.services.input_parsing import (
    app_id_hint,
    app_secret_hint,
    bare,
    parse_page_reference,
    parse_redirect_address,
    parse_token,
)

TOKEN = "EAAB" + "x7QdZAbc9" * 20


@pytest.mark.parametrize(
    "text",
    [
        TOKEN, f"  {TOKEN}\n", f'"{TOKEN}"', f"'{TOKEN}',", f"{TOKEN[:80]}\n{TOKEN[80:]}",
        f"{TOKEN[:80]}\r\n  {TOKEN[80:]}", f"Bearer {TOKEN}", f"Authorization: OAuth {TOKEN}", f"access_token={TOKEN}",
        f'{{"access_token":"{TOKEN}","token_type":"bearer"}}', f"\ufeff{TOKEN}\u200b",
        f"https://graph.facebook.com/v25.0/me?fields=id&access_token={TOKEN}&x=1",
        f"https://www.facebook.com/connect/login_success.html#access_token={TOKEN}&expires_in=1",
    ],
)  # fmt: skip
def test_a_pasted_token_is_found(text):
    assert parse_token(text).reveal() == TOKEN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "paste_nothing"), (" \n\t", "paste_nothing"), ("hello", "paste_not_token"),
        ("x" * 10_000_000, "paste_too_long"), ("0123456789abcdef" * 2, "paste_app_secret"),
        ("EAA" + "ж" * 40, "paste_not_token"), ('""', "paste_nothing"),
    ],
)  # fmt: skip
def test_what_is_no_token_is_told(text, kind):
    with pytest.raises(UserError) as caught:
        parse_token(text)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    "text", ["1234567890123456", " 1234567890123456\n", '"1234567890123456"', "\u200b1234567890123456", ""]
)
def test_right_app_ids(text):
    assert app_id_hint(text) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [("12a", "digits only"), ("12", "15 to 17"), ("a" * 32, "App secret"), ("١٢٣٤٥٦٧٨", "digits only")],
)
def test_wrong_app_ids_are_told(text, says):
    assert says in app_id_hint(text)


@pytest.mark.parametrize(
    "text",
    [
        "0123456789abcdef0123456789abcdef",
        " 0123456789ABCDEF0123456789ABCDEF ",
        '"0123456789abcdef\n0123456789abcdef"',
        "",
    ],
)
def test_right_app_secrets(text):
    assert app_secret_hint(text) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("abc", "has 3"),
        ("0" * 33, "has 33"),
        ("1234567890123456", "App ID"),
        ("zz" * 16, "a to f"),
        (TOKEN, "token"),
        ("12345|abcdef", "after the bar"),
    ],
)
def test_wrong_app_secrets_are_told(text, says):
    assert says in app_secret_hint(text)


def test_ten_megabytes_are_cut_short():
    assert len(bare("1" * 10_000_000)) == 20_000


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("101234567890123", "101234567890123"), (" 101234567890123 ", "101234567890123"),
        ("https://www.facebook.com/101234567890123", "101234567890123"),
        ("https://www.facebook.com/profile.php?id=61551234567890&sk=about", "61551234567890"),
        ("facebook.com/Amiras-Bakery-101234567890123/", "101234567890123"),
        ("https://m.facebook.com/amirasbakery/posts/pfbid02?ref=1", "amirasbakery"),
        ("https://www.facebook.com/pages/Amiras-Bakery/101234567890123", "101234567890123"),
        ("@amirasbakery", "amirasbakery"), ("amirasbakery", "amirasbakery"),
        ("https://fb.com/amirasbakery", "amirasbakery"),
        ("https://business.facebook.com/latest/home?asset_id=101234567890123", "101234567890123"),
        ("https://www.facebook.com/p/Amiras-Bakery-61551234567890/", "61551234567890"),
        ("https://www.facebook.com/people/Amira/61551234567890/", "61551234567890"),
    ],
)  # fmt: skip
def test_any_link_names_its_page(text, page):
    assert parse_page_reference(text) == page


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "page_nothing_typed"), ("https://example.com/x", "page_address_unclear"),
        ("https://www.facebook.com/", "page_address_unclear"), ("?? ??", "page_address_unclear"),
        ("https://evilfacebook.com.example/1", "page_address_unclear"),
    ],
)  # fmt: skip
def test_what_names_no_page_is_told(text, kind):
    with pytest.raises(UserError) as caught:
        parse_page_reference(text)
    assert caught.value.kind == kind


def test_an_address_without_an_answer_is_told():
    with pytest.raises(UserError) as caught:
        parse_redirect_address("https://www.facebook.com/connect/login_success.html")
    assert caught.value.kind == "paste_no_answer"
    assert (
        parse_redirect_address(" https://www.facebook.com/connect/login_success.html#access_token=EAAx \n")
        .reveal()
        .endswith("EAAx")
    )
