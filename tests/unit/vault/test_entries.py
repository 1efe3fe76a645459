"""Bundles as they are written: each fits, and together they hold every entry."""

import pytest

from gui.text import utf16_size
from gui.values import Secret
from gui.vault.entries import Entry, app_key, decode_bundle, encode_bundle, page_key, split_into_bundles, user_key

NAMES = ("Nordlys", "Café Müller", "東京ランナーズ", "🌸 Blossom", 'with "quotes" and \\')


def entries_of(count):
    entries = {app_key("1"): Entry(Secret("0" * 32), ("Nord Publisher", "v25.0", None))}
    for person in ("7", "8"):
        entries[user_key("1", person)] = Entry(Secret("EAAuser"), ("Agency", 0, None, None, "pages_show_list"))
        for number in range(count):
            about = (f"{NAMES[number % len(NAMES)]} {number}", "Bakery", "MANAGE,ANALYZE", 0)
            entries[page_key("1", person, str(number))] = Entry(Secret(f"EAAsecret{number:04d}" + "x" * 60), about)
    return entries


@pytest.mark.parametrize("capacity", [400, 1280, 5_000, 480_000])
@pytest.mark.parametrize("count", [0, 1, 150])
def test_every_bundle_fits_and_none_is_lost(capacity, count):
    entries = entries_of(count)
    bundles = split_into_bundles(entries, capacity)
    read = {}
    for bundle in bundles:
        text = bundle.text(1_700_000_000_000)
        assert utf16_size(text) <= capacity
        decoded = decode_bundle(text)
        assert decoded is not None
        assert set(decoded[0]) == set(bundle.keys)
        assert decoded[1] == 1_700_000_000_000
        read.update(decoded[0])
    assert read == entries
    assert [key for bundle in bundles for key in bundle.keys] == list(entries)


def test_one_that_alone_is_too_large_stands_alone():
    entries = {"page:1:7:1": Entry(Secret("x" * 900)), "page:1:7:2": Entry(Secret("y"))}
    assert [bundle.keys for bundle in split_into_bundles(entries, 300)] == [["page:1:7:1"], ["page:1:7:2"]]


def test_a_bundle_of_everything_is_written_in_the_same_form():
    entries = entries_of(20)
    (bundle,) = split_into_bundles(entries, 480_000)
    assert bundle.text(5) == encode_bundle(entries, 5)
    assert encode_bundle({"app:1": entries["app:1"]}, 5) == (
        '{"form":2,"at":5,"under":{"app":[["1","' + "0" * 32 + '",["Nord Publisher","v25.0",null]]]}}'
    )


def test_no_bundle_shows_a_secret():
    for bundle in split_into_bundles(entries_of(3), 480_000):
        assert "EAA" not in repr(bundle)
