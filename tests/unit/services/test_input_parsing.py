import pytest

from gui.errors import UserError
from gui.services.input_parsing import (
    app_id_hint,
    app_secret_hint,
    bare,
    parse_page_reference,
    parse_redirect_address,
    parse_token,
    said_to_be_token,
)
from gui.values import Secret

TOKEN = "EAAB" + "x7QdZAbc9" * 20
OTHER = "EAAC" + "y8RdZAbc7" * 20
#: Long keys that have not the form of a token: of other programs, or of Facebook's first years.
UNLIKE = (
    f"sk_live_{'Ab3' * 33}", f"EAAA{'x7Qd' * 15}", f"eyJ{'Ab3' * 10}.eyJ{'Ab3' * 30}.{TOKEN}",
    f"{'Ab3' * 10}/{TOKEN}==", f"{TOKEN}=", f"{TOKEN}-x7Qd", f"CAA{'x7Qd' * 40}", "0123456789abcdef" * 4,
    f"1234567890:{TOKEN}-x7Qd",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        TOKEN, f"  {TOKEN}\n", f'"{TOKEN}"', f"'{TOKEN}',", f"{TOKEN[:80]}\n{TOKEN[80:]}",
        f"{TOKEN[:80]}\r\n  {TOKEN[80:]}", f"Bearer {TOKEN}", f"Authorization: OAuth {TOKEN}", f"access_token={TOKEN}",
        f'{{"access_token":"{TOKEN}","token_type":"bearer"}}', f"\ufeff{TOKEN}\u200b",
        f"https://graph.facebook.com/v25.0/me?fields=id&access_token={TOKEN}&x=1",
        f"https://www.facebook.com/connect/login_success.html#access_token={TOKEN}&expires_in=1",
        f"FB_PAGE_TOKEN={TOKEN}", f"export NORDLYS='{TOKEN}'", f"Nordlys {TOKEN}", f"101234567890123\t{TOKEN}",
        f"> {TOKEN}", f"**{TOKEN}**", f"<td>{TOKEN}</td>", f"({TOKEN}).", f"{TOKEN} …",
        f"curl -H 'Authorization: Bearer {TOKEN}' https://graph.facebook.com/me",
        f"dialog%23access_token%3D{TOKEN}%26expires_in%3D1", f"{TOKEN[:75]}=\n{TOKEN[75:150]}=\n{TOKEN[150:]}",
        "\n".join(TOKEN[start : start + 64] for start in range(0, len(TOKEN), 64)),
        "\n".join(f"> {TOKEN[start : start + 70]}" for start in range(0, len(TOKEN), 70)),
        f"180000000000001|{'ab' * 16}\n{TOKEN}", f"Here it is:\n\n{TOKEN}\n\nValid until 3 May 2026",
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
        (f"{TOKEN}\n{OTHER}", "paste_several"), (f'{{"a":"{TOKEN}","b":"{OTHER}"}}', "paste_several"),
        ("IGAA" + "Ab3" * 30 + "ZD", "paste_instagram"), ("IGQWR" + "Ab3_-" * 20, "paste_instagram"),
        ("THAA" + "Ab3" * 30 + "ZD", "paste_threads"), (f'"{"THAA" + "Ab3" * 30}"', "paste_threads"),
        ("180000000000001|" + "Ab3_-" * 6, "paste_app_token"),
        (f"access_token=180000000000001|{'ab' * 16}", "paste_app_token"),
        *((one, "paste_unlike_token") for one in UNLIKE),
    ],
)  # fmt: skip
def test_what_is_no_token_is_told(text, kind):
    with pytest.raises(UserError) as caught:
        parse_token(text)
    assert caught.value.kind == kind


@pytest.mark.parametrize("text", UNLIKE)
def test_what_has_not_the_form_of_a_token_is_one_when_the_person_says_so(text):
    assert said_to_be_token(Secret(text)).reveal() == text
    assert said_to_be_token(Secret(f'  "{text}"\n')).reveal() == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0123456789abcdef" * 2, "paste_app_secret"), ("IGAA" + "Ab3" * 30, "paste_instagram"),
        ("THAA" + "Ab3" * 30, "paste_threads"), ("180000000000001|" + "ab" * 16, "paste_app_token"),
        ("", "paste_nothing"), ("hello", "paste_not_token"), (f"{TOKEN}\n{OTHER}", "paste_several"),
    ],
)  # fmt: skip
def test_what_is_known_to_be_something_else_is_no_token_whoever_says_so(text, kind):
    with pytest.raises(UserError) as caught:
        said_to_be_token(Secret(text))
    assert caught.value.kind == kind


def test_an_app_token_is_taken_where_one_is_welcome():
    text = "180000000000001|" + "Ab3_-" * 6
    assert parse_token(f" {text}\n", app_tokens=True).reveal() == text
    assert parse_token(f"access_token={text}", app_tokens=True).reveal() == text


def test_how_many_tokens_there_are_is_told():
    with pytest.raises(UserError) as caught:
        parse_token(f"{TOKEN} {OTHER} {TOKEN} EAAD{'z9Sd' * 40}")
    assert caught.value.values == {"name": "3"}


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


@pytest.mark.parametrize(
    "text",
    [
        "EAAG then my password is hunter2secret", "EAABwzLix\n0123456789abcdef0123456789abcdef",
        f"EAAA{'l7Qd' * 15}\n{'q7Wz' * 15}", f"EAAA{'l7Qd' * 15} {'q7Wz' * 15}", "10345|" + "Ab3d" * 10,
    ],
)  # fmt: skip
def test_words_and_keys_are_never_put_together_to_a_token(text):
    with pytest.raises(UserError) as caught:
        parse_token(text, app_tokens=True)
    assert caught.value.kind in {"paste_not_token", "paste_unlike_token", "paste_app_secret"}


@pytest.mark.parametrize("rest", [" Nordlys", "\tNordlys", " 101234567890123", "\n0123456789abcdef0123456789abcdef"])
def test_what_stands_after_a_token_is_not_its_own(rest):
    assert parse_token(TOKEN + rest).reveal() == TOKEN


@pytest.mark.parametrize(
    "text", ["0123456789abcdef01234567" * 2, "sklive" + "a1B2c3D4e5" * 4, "IGQVJ" + "Ab3" * 16, TOKEN]
)
def test_a_key_is_no_name_of_a_page(text):
    with pytest.raises(UserError) as caught:
        parse_page_reference(text)
    assert caught.value.kind in {"page_is_secret", "page_address_unclear"}


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("https://www.facebook.com/ads/library/?view_all_page_id=104455667788990", "104455667788990"),
        ("Page ID: 104455667788990", "104455667788990"), ("fb://page/104455667788990", "104455667788990"),
        ("104455667788990_998877665544", "104455667788990"), ("１０４４５５６６７７８８９９０", "104455667788990"),
    ],
)  # fmt: skip
def test_every_way_to_write_an_id_is_one(text, page):
    assert parse_page_reference(text) == page


@pytest.mark.parametrize("path", ["groups/104455667788", "events/104455667788", "reel/1044556677", "hashtag/food"])
def test_what_is_no_page_is_not_taken_for_one(path):
    with pytest.raises(UserError) as caught:
        parse_page_reference(f"https://www.facebook.com/{path}")
    assert caught.value.kind == "page_address_unclear"
