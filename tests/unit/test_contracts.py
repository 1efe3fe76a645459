"""Promises about the code itself: where secrets are unwrapped, where colors and threads are, what sentences say."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from gui.services.explain import parse_request
from gui.services.help_topics import TOPICS
from gui.services.links import link_address
from gui.shell.commands import Command

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "gui").rglob("*.py"))
SENTENCES = tomllib.loads((ROOT / "resources" / "errors.toml").read_text("utf-8"))

#: The request, the keychain write, the clipboard, and the field in which a person asks to see a token.
UNWRAP = {
    "gui/graph/client.py", "gui/graph/calls.py", "gui/graph/login.py",
    # Taken out of what Facebook echoes.
    "gui/graph/redact.py",
    "gui/vault/keychain.py", "gui/vault/bundles.py", "gui/vault/entries.py", "gui/desktop/clipboard.py",
    "gui/widgets/token_field.py",
    # The export, and a password that was made for it, in its field.
    "gui/files/sheet.py", "gui/files/texts.py", "gui/files/workbook.py", "gui/files/protect.py", "gui/files/kdbx.py",
    "gui/widgets/fields.py",
    # A table of tokens is taken apart at the door: each becomes a Secret.
    "gui/services/import_rows.py",
    # A pasted text of which the person says that it is a token.
    "gui/services/input_parsing.py",
    # App secret as typed, made lower case; a bar in a pasted token names an app token before it is sent anywhere.
    "gui/services/setup.py", "gui/services/login.py",
}  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(tree: ast.AST, attribute: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == attribute
        for node in ast.walk(tree)
    )


def test_secrets_are_unwrapped_in_few_places():
    found = {name(path) for path in FILES if calls(ast.parse(path.read_text("utf-8")), "reveal")}
    assert found == UNWRAP


def test_colors_are_written_in_the_theme_only():
    for path in FILES:
        if path.name != "theme.py":
            assert not re.search(r"[\"']#[0-9A-Fa-f]{3,8}[\"']", path.read_text("utf-8")), name(path)


def test_threads_are_started_in_two_places_only():
    """For a job, and for the calls that a job makes ahead of their use."""
    for path in FILES:
        if name(path) in {"gui/jobs.py", "gui/graph/side_by_side.py"}:
            continue
        used = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        named = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        assert not (used | named) & {"Thread", "QThread", "QThreadPool", "QRunnable", "ThreadPoolExecutor"}, name(path)


def test_other_processes_do_the_work_in_one_place_only():
    """Strange files are read in a child; nothing else of the program's own work is."""
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if used & {"get_context", "Process", "Pool", "ProcessPoolExecutor"}:
            assert name(path) == "gui/files/child.py"


def _kinds_in_code() -> set[str]:
    found: set[str] = set()
    for path in FILES:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if (
                    called in {"UserError", "GraphError", "VaultError", "say", "sentence"}
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    found.add(str(node.args[0].value))
    from gui.graph import error_texts, login

    tables = (error_texts.SUBCODES, error_texts.TOKEN_SUBCODES, error_texts.CODES)
    found |= {kind for table in tables for kind in table.values()}
    return found | {text.kind for text in (*error_texts.TEXTS, *login._STUCK)}


def _texts_in_code() -> set[str]:
    """Every text constant of the program."""
    return {
        node.value
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_kind_has_its_sentence_and_every_sentence_its_kind():
    said = {kind for kind in _kinds_in_code() if re.fullmatch(r"[a-z_]+", kind)}
    assert said - set(SENTENCES) - {"copied", "tested"} == set()
    put_together = {"renewed_in_part", "list_refreshed_in_part"}
    assert set(SENTENCES) - _texts_in_code() - put_together == set()


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_a_sentence_says_what_happened_why_and_what_to_do(kind):
    entry = SENTENCES[kind]
    assert set(entry) <= {
        "title",
        "title_many",
        "title_otherwise",
        "why",
        "todo",
        "action",
        "button",
        "tone",
        "help",
        "whose",
    }
    assert entry["help"] in TOPICS
    assert entry["title"]
    assert entry["why"].endswith((".", "{message}", "{name}"))
    assert entry["todo"].endswith((".", "{name}"))
    assert not entry["title"].endswith(".")
    # Meta's own name of a setting stays as it is.
    text = " ".join(value for name, value in entry.items() if name not in {"help", "whose"}).replace(
        "Valid OAuth Redirect URIs", ""
    )
    assert "!" not in text
    assert not re.search(r"(?i)\b(oops|exchange|scopes?|oauth|cursor|endpoint|we|I)\b", text)
    assert ("action" in entry) == ("button" in entry)
    assert entry.get("tone", "bad") in {"bad", "soon", "info", "works"}


def test_every_action_is_a_command_that_somebody_serves():
    """A panel's own, or one that the navigator takes; a link's name leads somewhere."""
    for entry in SENTENCES.values():
        if "action" in entry:
            request = parse_request(entry["action"])
            assert (request.command is Command.OPEN_LINK) == bool(request.link)
            if request.link:
                assert link_address(request.link, "123").startswith("https://")


def test_no_swallowed_log_of_addresses():
    """urllib3 logs request paths at DEBUG; nothing of ours turns that on."""
    for path in FILES:
        assert "basicConfig" not in path.read_text("utf-8")


def test_every_service_has_a_test_file_of_its_own():
    services = {path.stem for path in (ROOT / "gui" / "services").glob("*.py")} - {"__init__"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests/unit/services").glob("test_*.py")}
    assert services - tested == set()
