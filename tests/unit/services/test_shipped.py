"""What a built program brings about itself is read, and anything else is as if there were none."""

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from gui.services import shipped

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("third-party")
    command = [sys.executable, "packaging/third_party.py", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return folder


def pinned():
    """Name and version of every dependency that is pinned, and is here."""
    for line in (ROOT / "packaging" / "requirements.txt").read_text("utf-8").splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            name, _, rest = line.partition("==")
            try:
                version(name)
            except PackageNotFoundError:
                continue
            yield name, rest.split()[0]


def test_every_pinned_dependency_is_listed_with_its_license(made):
    listed = json.loads((made / "sbom.cdx.json").read_text("utf-8"))
    assert (listed["bomFormat"], listed["metadata"]["component"]["name"]) == ("CycloneDX", "page-keys")
    packages = {one["purl"]: one for one in listed["components"] if one["purl"].startswith("pkg:pypi/")}
    assert packages.keys() == {f"pkg:pypi/{name}@{number}" for name, number in pinned()}
    assert all(one["licenses"] for one in listed["components"])
    assert {one["name"] for one in listed["components"]} >= {"PySide6", "CPython"}
    text = (made / "NOTICES.txt").read_text("utf-8")
    for one in listed["components"]:
        assert f"{one['name']} {one['version']}" in text.replace("Python 3", "CPython 3")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_it_is_found_again(made):
    assert shipped.notices(made) == made / "NOTICES.txt"
    assert shipped.part_count(made) == 1 + len(list(pinned()))


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"components": 7}', "{}", "\0"])
def test_a_list_that_cannot_be_read_counts_as_none(tmp_path, text):
    (tmp_path / "sbom.cdx.json").write_text(text, "utf-8")
    assert shipped.part_count(tmp_path) == 0


def test_from_the_source_there_is_none_of_it(tmp_path):
    assert (shipped.notices(tmp_path), shipped.part_count(tmp_path), shipped.release_page(tmp_path)) == (None, 0, "")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("https://example.org/releases\n", "https://example.org/releases"), ("", ""), ("http://example.org", ""),
        ("https://", ""), ("file:///etc/passwd", ""), ("javascript:alert(1)", ""), ("https://a@example.org/", ""),
        ("https://[", ""),
    ],
)  # fmt: skip
def test_only_a_protected_address_is_a_page_of_releases(tmp_path, text, page):
    (tmp_path / "release-page.txt").write_text(text, "utf-8")
    assert shipped.release_page(tmp_path) == page
