"""Tokens that someone has already: checked with Facebook in batches, kept, told row by row."""

import csv
import io
import json
import random
from dataclasses import replace

import pytest

from gui.practice.world import OTHER_APP_ID
from gui.services.import_rows import ImportReading, read_import_file, read_import_text
from gui.services.import_tokens import (
    ImportReport,
    Outcome,
    Result,
    import_messages,
    import_tokens,
    report_table,
    save_report,
)
from gui.shell.commands import Command, Request
from gui.values import Action, Secret, Site
from tests.support.agency import AMIRA, NORD, app_at, connect, login_of
from tests.support.network import Recorder, Relay
from tests.support.people import JOB, Collected, token_text
from tests.support.purposes import log_in_for

KEPT, NOT_KEPT, LASTING, LEFT = Result


def read_rows(text):
    return read_import_text(Secret(text), JOB).rows


def page_token(server, page, person=NORD, app=0):
    """A Page's token as another program may have it."""
    record = server.world.mint.read(login_of(server, person, app).token.secret.reveal())
    return server.world.page_token(record, page)


def test_every_row_is_told_what_became_of_it(session, practice):
    connect(session, practice, AMIRA)
    world = practice.world
    session.vault.keep_app(app_at(practice, 1))
    lines = [
        page_token(practice, 10), page_token(practice, 11, app=1), token_text(5), world.special_token("expired"),
        world.special_token("system_user"),
        "lost", login_of(practice, NORD, 1).token.secret.reveal(), world.special_token("other_app"),
    ]  # fmt: skip
    lines.append(lines[0])
    rows = read_rows("Page\tToken\n" + "\n".join(f"Page {number}\t{line}" for number, line in enumerate(lines)))
    found = import_tokens(session, rows, False, Collected())
    assert found.complete
    assert [one.result for one in found.outcomes] == [
        KEPT,
        KEPT,
        NOT_KEPT,
        NOT_KEPT,
        KEPT,
        LEFT,
        KEPT,
        NOT_KEPT,
        LEFT,
    ]
    assert [one.place for one in found.outcomes] == [f"line {number}" for number in range(2, 11)]
    assert found.outcomes[0].name == world.page(10).name
    whys = [one.why for one in found.outcomes]
    assert "not a token" in whys[2] or "not valid" in whys[2] or "does not accept" in whys[2]
    assert "ended" in whys[3]
    assert (whys[4], found.outcomes[4].name) == ("", "Nord Server")
    assert whys[5] == "There is no token in this row."
    assert "not set up here" in whys[7]
    assert "Another App" in whys[7]
    assert whys[8] == "It is the same token as in line 2."
    assert found.outcomes[0].ends == "Token has no end"
    assert found.outcomes[6].ends.startswith("Login ends on ")
    assert (found.outcomes[0].why, found.outcomes[6].name) == ("", "Agency Nord")
    assert not any(line in why for why in whys for line in lines if len(line) > 40)
    people = {(one.app_id, one.user_id): one for one in session.vault.logins()}
    nord = world.people[NORD].user_id
    login = people[world.apps[0].id, nord]
    assert session.vault.page_token(login.id, world.page(10).id) == Secret(lines[0])
    logged_in = people[world.apps[1].id, nord]
    assert logged_in.last_four, "a User token becomes a login, extended"
    assert session.vault.page_token(logged_in.id, world.page(11).id) == Secret(lines[1])
    assert {one.what for one in session.vault.history.events(page_id=world.page(10).id)} == {"imported"}


def test_page_tokens_of_an_app_that_is_not_here_are_kept_too(session, practice):
    world = practice.world
    record = world.mint.read(world.special_token("other_app"))
    secret = world.give(replace(record, kind=2, page=1, issued_at=0, expires_at=0))
    found = import_tokens(session, read_rows(secret), False, Collected())
    assert [one.result for one in found.outcomes] == [KEPT], found.outcomes[0].why
    (login,) = session.vault.logins()
    assert login.app_id == OTHER_APP_ID
    assert session.vault.page_token(login.id, world.page(0).id) == Secret(secret)


# ------------------------------------------------------------ what is never sent
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def foreign_secrets(random_):
    """Keys of other programs, as servers' settings hold them.

    Hex, base64, JSON Web Tokens, keys with a prefix of their own.
    """

    def some(count, letters=LETTERS):
        return "".join(random_.choice(letters) for _ in range(count))

    yield "JWT_SECRET", some(64)
    yield "SESSION_KEY", some(128, "0123456789abcdef")
    yield "STRIPE_SECRET_KEY", f"sk_live_{some(99)}"
    yield "ID_TOKEN", f"eyJ{some(40)}.eyJ{some(90)}.EAA{some(60)}"
    yield "STORAGE_KEY", f"{some(30)}/EAA{some(50)}=="
    yield "STORAGE_KEY_2", f"EAA{some(40)}+{some(40)}=="
    yield "BOT_TOKEN", f"{some(10, '123456789')}:EAA-{some(60)}"
    yield "CLIENT", f"{some(15, '123456789')}|{some(32, '0123456789abcdef')}"
    yield "WITHIN", f"{some(20)}EAA{some(60)}"
    yield "SQUARE_ACCESS_TOKEN", f"EAAA{some(60)}"
    yield "PADDED", f"EAA{some(40)}="
    yield "PADDED_2", f"EAA{some(41)}=="
    yield "DATABASE_URL", f"postgres://user:EAA{some(40)}@db.example/app"
    yield "BCRYPT", f"$2b$12$EAA{some(50)}"
    yield "JWT", f"eyJ{some(30)}.EAA{some(60)}.{some(43)}"
    yield "JWT_2", f"EAA{some(60)}.eyJ{some(90)}.{some(43)}"
    yield "INSTAGRAM_TOKEN", f"IGAA{some(160)}ZD"
    yield "INSTAGRAM_TOKEN_2", f"IGQWR{some(120)}"
    yield "THREADS_TOKEN", f"THAA{some(160)}ZD"
    yield "FB_APP_TOKEN", f"{some(15, '123456789')}|{some(27)}"
    yield "FB_APP_SECRET", some(32, "0123456789abcdef")
    yield "HEX", f"EAA{some(61, '0123456789ABCDEF')}-{some(20)}"
    yield "HIDDEN_BLANK", f"{some(20)}\u200bEAA{some(60)}"
    yield "SERVICE_KEY", f"-----BEGIN PRIVATE KEY-----\nEAA{some(61)}\n{some(64)}\n-----END PRIVATE KEY-----"
    yield (
        "SERVICE_KEY_2",
        f'{{"key": "-----BEGIN PRIVATE KEY-----\\nEAA{some(61)}\\n-----END PRIVATE KEY-----"}}',
    )


def test_other_programs_secrets_in_a_file_are_never_sent(session, practice, tmp_path):
    recorder = Recorder()
    relay = Relay(practice.url, faults=recorder)
    session.site = Site(relay.url, relay.url)
    session.vault.keep_app(app_at(practice, 0))
    wanted = page_token(practice, 10)
    secrets = [pair for seed in range(12) for pair in foreign_secrets(random.Random(seed))]
    (tmp_path / "server.env").write_text(
        "\n".join([*(f"{name}={value}" for name, value in secrets), f"PAGE_TOKEN={wanted}"]), "utf-8"
    )
    reading = read_import_file(tmp_path / "server.env", None, JOB)
    found = import_tokens(session, reading.rows, False, Collected())
    relay.close()
    assert found.kept == 1
    assert not [name for name, value in secrets if any(value in one.why for one in found.outcomes)]
    others = reading.others + sum(row.form is not None for row in reading.rows)
    assert others > len(secrets) * 2 // 3, "what was left is said"
    assert recorder.holds(wanted), "the recorder sees what is sent"
    assert not [
        name
        for name, value in secrets
        for part in (value, *value.split("."), *value.split("|"))
        if recorder.holds(part)
    ]


def as_settings(pairs):
    return "".join(f"{name}={value}\n" for name, value in pairs)


def as_yaml(pairs):
    return "".join(f'{name.lower()}: "{value}"\n' for name, value in pairs)


def as_json(pairs):
    return json.dumps([{"name": name, "value": value} for name, value in pairs], indent=2, ensure_ascii=False)


def as_table(pairs):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("Name", "Secret", "Note"), *((*pair, "a note") for pair in pairs)])
    return out.getvalue()


@pytest.mark.parametrize("written", [as_settings, as_yaml, as_json, as_table])
def test_among_other_programs_secrets_the_token_alone_is_taken(written):
    for seed in range(12):
        pairs = list(foreign_secrets(random.Random(seed)))
        if written in {as_settings, as_yaml}:
            # Of one line each.
            pairs = [(name, value) for name, value in pairs if "\n" not in value]
        pairs.insert(seed, ("PAGE_TOKEN", token_text(seed)))
        rows = read_rows(written(pairs))
        assert [row.secret for row in rows if row.secret] == [Secret(token_text(seed))], f"{written.__name__} {seed}"


def test_batches_that_are_left_out_are_asked_again(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    practice.world.faults.on("batch_null", 40)
    lines = [page_token(practice, number) for number in range(3, 70)]
    found = import_tokens(session, read_rows("\n".join(lines)), False, Collected())
    assert found.kept == len(lines)


def test_an_import_can_be_stopped_and_tells_so(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    lines = [page_token(practice, number) for number in range(3, 203)]
    found = import_tokens(session, read_rows("\n".join(lines)), False, Collected(stop_after=1))
    assert not found.complete
    assert found.kept == 0


# ------------------------------------------------------------ what stands beside
def short_page_token(server, page, person=NORD):
    """A Page's token that ends with the hour, and when it ends."""
    record = server.world.mint.read(server.world.short_lived_token(server.world.people[person]))
    return server.world.page_token(record, page), record.expires_at


def test_an_id_beside_a_token_that_is_not_its_pages_is_said_and_counted(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    world = practice.world
    first, second = page_token(practice, 10), page_token(practice, 11)
    ids = [world.page(number).id for number in (10, 11)]
    rows = read_rows(
        f"Page,Page ID,Token\nOne,{ids[1]},{first}\nTwo,{ids[1]},{second}\nThree,,{page_token(practice, 12)}"
    )
    found = import_tokens(session, rows, False, Collected())
    assert [one.result for one in found.outcomes] == [KEPT, KEPT, KEPT]
    assert ([one.differs for one in found.outcomes], found.differing) == ([True, False, False], 1)
    why = found.outcomes[0].why
    assert why.startswith("It is the token of ")
    assert all(words in why for words in (world.page(10).name, f"Page ID {ids[0]}", f"One, Page ID {ids[1]}"))
    assert found.outcomes[0].page_id == ids[0]
    (login,) = session.vault.logins()
    assert session.vault.page_token(login.id, ids[0]) == Secret(first), "kept for the Page that it is of"
    assert session.vault.page_token(login.id, ids[1]) == Secret(second)
    kinds = [one.kind for one in import_messages(found, ImportReading(rows))]
    assert kinds == ["imported_all", "import_differs"]


def test_clients_are_given_back(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    client = session.vault.clients.named("Zum Anker, Nord")
    lines = [
        f'Nordlys,{page_token(practice, 10)},"Zum Anker, Nord"', f'Café,{page_token(practice, 11)},"Müller, Kayak"',
        f"Kayak,{page_token(practice, 12)},", f"Old,{token_text(1)},Nobody",
    ]  # fmt: skip
    found = import_tokens(session, read_rows("Page,Token,Client\n" + "\n".join(lines)), False, Collected())
    assert found.kept == 3
    (login,) = session.vault.logins()
    rows = {row.page.id: {one.name for one in row.clients} for row in session.vault.page_rows(login)}
    ids = [practice.world.page(number).id for number in (10, 11, 12)]
    assert [rows[one] for one in ids] == [{"Zum Anker, Nord"}, {"Müller", "Kayak"}, set()]
    assert {one.name for one in session.vault.clients.all()} == {"Zum Anker, Nord", "Müller", "Kayak"}
    assert client.id in {one.id for one in session.vault.clients.all()}


def test_a_user_token_among_them_is_a_login_and_its_notice_leads_to_its_pages(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    secrets = [login_of(practice, person).token.secret.reveal() for person in (NORD, AMIRA)]
    rows = read_rows("\n".join([secrets[0], page_token(practice, 10), secrets[1]]))
    found = import_tokens(session, rows, False, Collected())
    assert found.kept == 3
    kept = {one.user_name: one for one in session.vault.logins()}
    assert {one.user_name: one.id for one in found.logins} == {name: one.id for name, one in kept.items()}
    first, *others = import_messages(found, ImportReading(rows))
    assert (first.kind, first.title) == ("imported_all", "3 tokens kept")
    assert [(one.kind, one.action) for one in others] == [
        ("imported_login", Action("Show its Pages", Request(Command.RELOAD_PAGES, login_id=login.id)))
        for login in found.logins
    ]
    assert [one.title for one in others] == [f"The login of {one.display_name} is kept" for one in found.logins]


# ----------------------------------------------------------------- what lasts
def test_a_token_that_lasts_stays_unless_it_is_to_be_replaced(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    lasting, (short, end) = page_token(practice, 10), short_page_token(practice, 10)
    page_id = practice.world.page(10).id
    import_tokens(session, read_rows(lasting), False, Collected())
    (login,) = session.vault.logins()
    rows = read_rows(short)
    found = import_tokens(session, rows, False, Collected())
    assert [one.result for one in found.outcomes] == [LASTING]
    assert (found.lasting, found.kept) == (rows, 0)
    assert found.outcomes[0].why.startswith("The token kept for this Page has no end; this one ends ")
    assert session.vault.page_token(login.id, page_id) == Secret(lasting)
    told = import_messages(found, ImportReading(rows))
    assert [one.kind for one in told] == ["imported_nothing_new", "import_lasting"]
    assert told[1].action == Action("Replace them", Request(Command.REPLACE_LASTING))
    found = import_tokens(session, found.lasting, True, Collected())
    assert [one.result for one in found.outcomes] == [KEPT]
    assert session.vault.page_token(login.id, page_id) == Secret(short)
    assert [row.expires_at for row in session.vault.page_rows(login)] == [end]
    assert import_tokens(session, read_rows(lasting), False, Collected()).kept == 1, "one that lasts is always kept"


def test_a_token_that_may_less_does_not_replace_one_that_may_more(session, practice):
    login = log_in_for(session, practice, ("messages",))
    lesser = session.vault.page_token(login.id, practice.world.page(0).id)
    log_in_for(session, practice, ("messages", "publish_posts"))
    rows = read_rows(lesser.reveal())
    found = import_tokens(session, rows, False, Collected())
    assert [one.result for one in found.outcomes] == [LASTING]
    assert found.outcomes[0].why == "The token kept for this Page may more: pages_manage_posts. It stays."
    assert session.vault.page_token(login.id, practice.world.page(0).id) != lesser
    assert import_tokens(session, found.lasting, True, Collected()).kept == 1
    assert session.vault.page_token(login.id, practice.world.page(0).id) == lesser


@pytest.mark.parametrize("more_first", [True, False])
def test_of_equal_tokens_in_a_file_the_one_that_may_more_is_kept(session, practice, more_first):
    login = log_in_for(session, practice, ("messages",))
    page_id = practice.world.page(0).id
    lesser = session.vault.page_token(login.id, page_id)
    login = log_in_for(session, practice, ("messages", "publish_posts"))
    more = session.vault.page_token(login.id, page_id)
    session.vault.forget_login(login, keep_app=True)
    texts = [one.reveal() for one in ((more, lesser) if more_first else (lesser, more))]
    import_tokens(session, read_rows("\n".join(texts)), False, Collected())
    (login,) = session.vault.logins()
    assert session.vault.page_token(login.id, page_id) == more


def test_an_import_leaves_what_the_person_may_do_on_the_page(session, practice):
    login = log_in_for(session, practice, ("messages",))
    before = {row.page.id: row.page.tasks for row in session.vault.page_rows(login)}
    for page_id in before:
        token = session.vault.page_token(login.id, page_id).reveal()
        assert import_tokens(session, read_rows(token), False, Collected()).kept == 1
    assert {row.page.id: row.page.tasks for row in session.vault.page_rows(login)} == before


@pytest.mark.parametrize("lasting_first", [True, False])
def test_of_several_tokens_of_a_page_the_one_that_lasts_is_kept(session, practice, lasting_first):
    session.vault.keep_app(app_at(practice, 0))
    lasting, (short, _) = page_token(practice, 10), short_page_token(practice, 10)
    lines = [lasting, short] if lasting_first else [short, lasting]
    found = import_tokens(session, read_rows("\n".join(lines)), False, Collected())
    assert [one.result for one in found.outcomes] == ([KEPT, LASTING] if lasting_first else [LASTING, KEPT])
    left = found.outcomes[1 if lasting_first else 0]
    assert f"in line {1 if lasting_first else 2} lasts at least as long" in left.why
    assert found.lasting == (), "there is nothing to replace"
    (login,) = session.vault.logins()
    assert session.vault.page_token(login.id, practice.world.page(10).id) == Secret(lasting)


# ------------------------------------------------------------------- what is left
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("IGAA" + "Ab3" * 50, "This is an Instagram token"), ("THAA" + "Ab3" * 50, "This is a Threads token"),
        ("APP=180000000000001|" + "x7QdZAbc9" * 3, "This is an app token"),
        ("FB_APP_SECRET=" + "0123456789abcdef" * 2, "This looks like an App secret"),
        ("STRIPE=sk_live_" + "Ab3" * 33, "does not look like a Facebook token"),
    ],
)  # fmt: skip
def test_what_is_left_alone_says_why_and_that_it_was_not_sent(session, practice, line, says):
    session.vault.keep_app(app_at(practice, 0))
    rows = read_rows(f"{page_token(practice, 10)}\n{line}\n")
    found = import_tokens(session, rows, False, Collected())
    assert [one.result for one in found.outcomes] == [KEPT, LEFT]
    assert (found.outcomes[1].place, found.outcomes[1].ends) == ("line 2", "")
    assert says in found.outcomes[1].why
    assert "not sent" in found.outcomes[1].why


def test_what_is_left_alone_asks_facebook_nothing(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    rows = tuple(row for row in read_rows(f"{token_text(1)}\nSTRIPE=sk_live_{'Ab3' * 33}\n") if row.secret is None)
    found = import_tokens(session, rows, False, Collected())
    assert ([one.result for one in found.outcomes], practice.calls) == ([LEFT], [])


# ------------------------------------------------------------------------ saying
def outcomes(*results):
    return tuple(Outcome(number, f"line {number}", "", result) for number, result in enumerate(results, 1))


@pytest.mark.parametrize(
    ("results", "reading", "kind"),
    [
        ((KEPT, KEPT), {}, "imported_all"), ((KEPT,), {"has_more": True}, "imported_with_rest"),
        ((KEPT,), {"others": 1}, "imported_with_rest"), ((KEPT,), {"unread": ("a.png",)}, "imported_with_rest"),
        ((KEPT, LEFT), {}, "imported_with_rest"), ((KEPT, LASTING), {}, "imported_with_rest"),
        ((KEPT, NOT_KEPT), {}, "imported_some"), ((KEPT, NOT_KEPT, LEFT), {"has_more": True}, "imported_some"),
        ((NOT_KEPT,), {}, "imported_none"), ((NOT_KEPT, LASTING), {}, "imported_none"),
        ((LASTING,), {}, "imported_nothing_new"), ((LEFT, LEFT), {}, "imported_nothing_new"),
    ],
)  # fmt: skip
def test_an_import_says_first_what_became_of_it(results, reading, kind):
    first, *_ = import_messages(ImportReport(outcomes(*results)), ImportReading(**reading))
    assert first.kind == kind


def test_only_where_nothing_is_left_one_is_told_to_delete_the_file():
    (told,) = import_messages(ImportReport(outcomes(KEPT)), ImportReading())
    assert "Delete the file" in told.text
    (told,) = import_messages(ImportReport(outcomes(KEPT)), ImportReading(has_more=True))
    assert "Delete" not in told.text


def test_tokens_beyond_the_most_and_a_stop_are_told():
    told = import_messages(ImportReport(outcomes(KEPT)), ImportReading(beyond=3))
    assert [one.kind for one in told] == ["imported_with_rest", "import_beyond"]
    assert told[1].title == "3 more tokens must be imported after these"
    assert "10,000" in told[1].text
    (stopped,) = import_messages(ImportReport(outcomes(KEPT), complete=False), ImportReading())
    assert stopped.title == "The import was stopped; 1 token kept"


def test_the_report_is_a_table_without_any_token(session, practice, tmp_path):
    session.vault.keep_app(app_at(practice, 0))
    lines = [page_token(practice, 10), token_text(3), "STRIPE=sk_live_" + "Ab3" * 33]
    found = import_tokens(session, read_rows("\n".join(lines)), False, Collected())
    table = [line.split("\t") for line in report_table(found.outcomes).splitlines()]
    assert table[0] == ["Where", "Page or person", "Page ID", "Result", "Ends", "Why"]
    assert table[1] == [
        "line 1",
        practice.world.page(10).name,
        practice.world.page(10).id,
        "Kept",
        "Token has no end",
        "",
    ]
    assert [row[3] for row in table[1:]] == ["Kept", "Not kept", "Skipped"]
    path = save_report(session, tmp_path / "report.csv", found.outcomes, JOB)
    saved = path.read_text("utf-8-sig")
    assert len(saved.splitlines()) == 4
    assert saved.splitlines()[1].startswith("line 1,")
    assert not any(secret in text for secret in (lines[0], lines[1], "sk_live_") for text in (saved, str(table)))
