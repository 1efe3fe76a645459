"""Whatever address of a Page is pasted gives its ID or name, or a word on how to find it; a secret is not sent."""

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gui.errors import UserError
from gui.services.add_page import add_page, add_page_through_any
from gui.services.explain import explain
from gui.services.input_parsing import parse_page_reference
from tests.support.people import JOB, keep_login_with_pages, short_token

PAGE_ID = "104512345678902"
HOSTS = ("www.facebook.com", "m.facebook.com", "facebook.com", "web.facebook.com", "de-de.facebook.com", "fb.com")
ids = st.integers(10_000_000, 10**17).map(str)
#: As Facebook lets Pages be called in their addresses.
usernames = st.from_regex(r"[a-z][a-z0-9]{3,20}(\.[a-z]{5,12})?", fullmatch=True).filter(
    lambda name: name
    not in {
        "pages", "people", "watch", "groups", "events", "photo", "posts", "share", "sharer", "business", "latest",
        "home", "settings", "reel", "videos", "stories", "login", "asset", "accounts", "dialog",
    }
)  # fmt: skip
titles = st.sampled_from(["Harbor-Coffee", "Café-Zürich", "مخبز-أميرة", "東京", "A", "Page-2-Go", "100-Prozent"])


@pytest.mark.parametrize(
    "form",
    [
        "{0}", " {0}\n", "“{0}”", "https://fb.me/{0}", "fb.me/{0}", "https://m.me/{0}?ref=shop", "m.me/{0}",
        "https://www.facebook.com/{0}", "https://www.facebook.com/{0}/posts/5551234567890123",
        "https://business.facebook.com/latest/home?business_id=701000000000001&asset_id={0}",
        "https://business.facebook.com/latest/settings/pages?business_id=701000000000001&selected_asset_id={0}"
        "&selected_asset_type=page",
        "https://business.facebook.com/settings/pages/{0}?business_id=701000000000001",
        "https://business.facebook.com/latest/inbox/all/?asset_id={0}&mailbox_id={0}",
        "https://www.facebook.com/profile.php?id={0}", "https://m.facebook.com/profile.php?sk=about&id={0}&_rdr",
        "https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id={0}",
        "https://www.messenger.com/t/{0}/",
    ],
)  # fmt: skip
@given(page_id=ids)
@example(page_id=PAGE_ID)
def test_an_address_with_the_id_in_it_gives_the_id(form, page_id):
    assert parse_page_reference(form.format(page_id)) == page_id


@given(
    st.sampled_from(HOSTS),
    titles,
    ids,
    st.sampled_from(["p/{0}-{1}", "people/{0}/{1}", "pages/{0}/{1}", "{0}-{1}", "pages/category/Coffee-Shop/{0}-{1}"]),
    st.booleans(),
    st.sampled_from(["", "/", "?ref=1", "/about", "#top"]),
)
def test_an_address_with_title_and_id_gives_the_id(host, title, page_id, form, encoded, rest):
    path = form.format(quote(title) if encoded else title, page_id)
    assert parse_page_reference(f"https://{host}/{path}{rest}") == page_id


@given(
    st.sampled_from([*HOSTS, "m.me", "fb.me", "business.facebook.com", "touch.facebook.com"]),
    usernames,
    st.sampled_from(["", "/", "/about", "/posts/pfbid02abc", "?_rdr", "/?__cft__[0]=AZX&__tn__=-R", "/photos/a.1/2"]),
    st.sampled_from(["https://", "http://", ""]),
)
def test_an_address_with_the_name_gives_the_name(host, name, rest, scheme):
    assert parse_page_reference(f"{scheme}{host}/{name}{rest}") == name


@given(
    ids | usernames,
    st.lists(
        st.sampled_from(
            [
                "https://www.facebook.com/login/?next={0}",
                "https://www.facebook.com/login.php?skip_api_login=1&next={0}&_rdr",
                "https://l.facebook.com/l.php?u={0}&h=AT0abc",
                "https://www.facebook.com/plugins/page.php?href={0}&tabs=timeline",
                "https://business.facebook.com/business/loginpage/?next={0}",
            ]
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_an_address_that_leads_to_another_gives_that_ones_page(name, around):
    address = f"https://www.facebook.com/{name}"
    for form in around:
        address = form.format(quote(address, safe=""))
    assert parse_page_reference(address) == name


def test_a_way_that_leads_on_within_facebook_needs_no_host():
    assert parse_page_reference(f"https://www.facebook.com/login/?next=%2F{PAGE_ID}%2Fabout") == PAGE_ID
    assert parse_page_reference(f"https://www.facebook.com/login/?next=profile.php%3Fid%3D{PAGE_ID}") == PAGE_ID


@given(
    st.from_regex(r"[A-Za-z0-9]{8,12}", fullmatch=True),
    st.sampled_from(["https://www.facebook.com/share/{0}/", "facebook.com/share/{0}/?mibextid=wwXIfr",
     "https://www.facebook.com/share/p/{0}/", "https://www.facebook.com/share/r/{0}", "https://fb.watch/{0}/",
     "https://m.facebook.com/share/v/{0}/", "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fshare%2F{0}"]),
)  # fmt: skip
def test_a_link_for_sharing_says_how_to_find_the_address(code, form):
    with pytest.raises(UserError) as caught:
        parse_page_reference(form.format(code))
    assert caught.value.kind == "page_share_link"
    said = explain(caught.value)
    assert "copy its address" in said.text


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/facebook.com/harborcoffee", "https://facebook.com.evil.example/harborcoffee",
        "https://notfacebook.com/harborcoffee", "http://facebook.com@evil.example/x", "https://fb.me.example/x",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2Fharborcoffee", "https://www.facebook.com/me",
        "https://business.facebook.com/latest/home", "https://www.facebook.com/pages/?category=your_pages",
        "https://[::1", "https://www.facebook.com/story.php", "mailto:a@facebook.com", "facebook.com", "//", "?id=1",
    ],
)  # fmt: skip
def test_what_names_no_page_is_no_guess(text):
    with pytest.raises(UserError) as caught:
        parse_page_reference(text)
    assert caught.value.kind == "page_address_unclear"


@given(st.text(max_size=60) | st.text(max_size=30).map("https://www.facebook.com/{}".format))
def test_any_text_is_a_reference_or_a_sentence(text):
    try:
        found = parse_page_reference(text)
    except UserError as error:
        assert error.kind.startswith("page_")
        assert explain(error).title
    else:
        assert found
        assert not set(found) & set("/?#&=%@ \n"), "it goes into the address of a call"
        assert found.isascii()


# ------------------------------------------------------------------------- secrets
@pytest.mark.parametrize(
    "form",
    ["{0}", ' "{0}"', "HARBOR_TOKEN={0}", "Bearer {0}", "https://graph.facebook.com/v25.0/me?access_token={0}",
     PAGE_ID + "\n{0}", "https://www.facebook.com/connect/login_success.html#access_token={0}&expires_in=0",
     '{{"id": "' + PAGE_ID + '", "access_token": "{0}"}}', PAGE_ID + " {0}"],
)  # fmt: skip
def test_a_token_pasted_for_a_page_is_not_sent(session, practice, form):
    login = keep_login_with_pages(session, practice, 0)
    page_token = session.vault.page_token(login.id, practice.world.page(0).id).reveal()
    for token in (short_token(practice).reveal(), page_token):
        before = list(practice.calls)
        for add in (add_page, lambda one, kept, text, job: add_page_through_any(one, [kept, kept], text, job)):
            with pytest.raises(UserError) as caught:
                add(session, login, form.format(token), JOB)
            assert caught.value.kind in {"page_is_secret", "page_address_unclear"}
            said = explain(caught.value)
            assert token not in f"{said.title}{said.text}{said.details}"
        assert practice.calls == before


@pytest.mark.parametrize("form", ["{0}", "{0}\n", "APP_SECRET={0}", "180000000000001|{0}"])
def test_an_app_secret_pasted_for_a_page_is_not_sent(session, practice, form):
    login = keep_login_with_pages(session, practice, 0)
    before = list(practice.calls)
    with pytest.raises(UserError):
        add_page(session, login, form.format(practice.world.app_secret), JOB)
    assert practice.calls == before


def test_a_link_for_sharing_is_not_tried_with_every_login(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    before = list(practice.calls)
    with pytest.raises(UserError) as caught:
        add_page_through_any(session, [login, login], "https://www.facebook.com/share/1BvXyZabc9/", JOB)
    assert caught.value.kind == "page_share_link"
    assert practice.calls == before


def test_a_page_of_somebody_else_is_said_to_be_that(session, practice):
    login = keep_login_with_pages(session, practice, 0)
    practice.world.faults.on("permission_missing")
    with pytest.raises(UserError) as caught:
        add_page(session, login, practice.world.page(50).id, JOB)
    assert caught.value.kind == "page_of_somebody_else"
    said = explain(caught.value)
    assert practice.world.page(50).id in said.title
    assert "not selected" not in said.text
