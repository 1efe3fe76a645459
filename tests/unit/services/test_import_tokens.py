"""Tokens that someone has already: checked with Facebook in batches, kept, told row by row."""

import random

from gui.practice.world import OTHER_APP_ID
from gui.services.import_rows import read_import_file, read_import_text
from gui.services.import_tokens import import_tokens
from gui.values import Secret, Site
from tests.support.agency import AMIRA, NORD, app_at, connect, login_of
from tests.support.network import Recorder, Relay
from tests.support.people import JOB, Collected, token_text


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
        "no token here", login_of(practice, NORD, 1).token.secret.reveal(), world.special_token("other_app"),
    ]  # fmt: skip
    lines.append(lines[0])
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected())
    assert found.complete
    assert [one.kept for one in found.outcomes] == [True, True, False, False, False, False, True, False, False]
    assert found.outcomes[0].name == world.page(10).name
    whys = [one.why for one in found.outcomes]
    assert "not a token" in whys[2] or "not valid" in whys[2] or "does not accept" in whys[2]
    assert "ended" in whys[3]
    assert "system user’s token" in whys[4]
    assert whys[5] == "There is no token in this row."
    assert "not set up here" in whys[7]
    assert "Another App" in whys[7]
    assert whys[8] == "It is the same token as in row 1."
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
    from dataclasses import replace

    secret = world.give(replace(record, kind=2, page=1, issued_at=0, expires_at=0))
    found = import_tokens(session, read_import_text(Secret(secret), JOB), Collected())
    assert [one.kept for one in found.outcomes] == [True], found.outcomes[0].why
    (login,) = session.vault.logins()
    assert login.app_id == OTHER_APP_ID
    assert session.vault.page_token(login.id, world.page(0).id) == Secret(secret)


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
        "\n".join([*(f"{name}={value}" for name, value in secrets), f"PAGE_TOKEN={wanted}"])
    )
    found = import_tokens(session, read_import_file(tmp_path / "server.env", None, JOB), Collected())
    relay.close()
    assert found.kept == 1
    assert recorder.holds(wanted), "the recorder sees what is sent"
    assert not [
        name
        for name, value in secrets
        for part in (value, *value.split("."), *value.split("|"))
        if recorder.holds(part)
    ]


def test_batches_that_are_left_out_are_asked_again(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    practice.world.faults.on("batch_null", 40)
    lines = [page_token(practice, number) for number in range(3, 70)]
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected())
    assert found.kept == len(lines)


def test_an_import_can_be_stopped_and_tells_so(session, practice):
    session.vault.keep_app(app_at(practice, 0))
    lines = [page_token(practice, number) for number in range(3, 203)]
    found = import_tokens(session, read_import_text(Secret("\n".join(lines)), JOB), Collected(stop_after=1))
    assert not found.complete
    assert found.kept == 0
