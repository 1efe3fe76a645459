import copy
import json
import logging
import pickle
import traceback

import pytest

from gui.values import AppCredentials, Page, Secret, UserToken

TOKEN = "EAAB" + "x7Qd" * 40


@pytest.mark.parametrize(
    "show",
    [repr, str, "{}".format, "{!r}".format, lambda one: f"{one}", lambda one: "%s %r" % (one, one)],  # noqa: UP031
)
@pytest.mark.parametrize(
    "holder",
    [
        Secret(TOKEN),
        AppCredentials("1", Secret(TOKEN)),
        UserToken(Secret(TOKEN), "1"),
        Page("1", token=Secret(TOKEN)),
        (Secret(TOKEN),),
    ],
)
def test_a_secret_is_never_shown(show, holder):
    if isinstance(holder, tuple) and show.__name__ == "<lambda>":
        holder = list(holder)
    assert TOKEN not in show(holder)
    assert TOKEN not in f"{Secret(TOKEN):>40}"


def test_a_secret_is_not_pickled_nor_made_json():
    with pytest.raises(TypeError):
        pickle.dumps(Secret(TOKEN))
    with pytest.raises(TypeError):
        json.dumps(Secret(TOKEN))
    assert copy.deepcopy(Secret(TOKEN)) == Secret(TOKEN)


def test_a_traceback_and_a_log_line_hold_no_secret(caplog):
    secret = Secret(TOKEN)
    try:
        raise ValueError(secret)
    except ValueError as error:
        assert TOKEN not in "".join(traceback.format_exception(error))
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("x").warning("token %s %r", secret, {"token": secret})
    assert TOKEN not in caplog.text


def test_last_four_and_fingerprint():
    assert Secret(TOKEN).last_four == "x7Qd"
    assert Secret("short").last_four == "••••", "a token, however short; its end is not told"
    assert Secret("").last_four == ""
    assert (
        Secret(TOKEN).fingerprint(b"k" * 32)
        == Secret(TOKEN).fingerprint(b"k" * 32)
        != Secret(TOKEN).fingerprint(b"l" * 32)
    )
    assert Secret(TOKEN).between("A=", "\n").reveal() == f"A={TOKEN}\n"


def test_the_proof_is_hmac_sha256_of_the_token():
    import hashlib
    import hmac

    assert Secret("s").proof_for(Secret("t")) == hmac.new(b"s", b"t", hashlib.sha256).hexdigest()


def test_merged_pages_keep_the_token():
    listed, owned = (
        Page("1", "A", origins=("accounts",)),
        Page("1", "", tasks=("MANAGE",), token=Secret(TOKEN), origins=("owned_pages",)),
    )
    merged = listed.merged(owned)
    assert merged.token == Secret(TOKEN)
    assert (merged.name, merged.tasks, merged.origins) == ("A", ("MANAGE",), ("accounts", "owned_pages"))
