"""The recipes for three systems hold together: what they name is there, in every language, with no secret needed."""

import plistlib
import re
import runpy
import tomllib
from pathlib import Path

import pytest
import yaml

from gui import __version__

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
INSTALLER = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")


# --------------------------------------------------------------------- version
def test_the_version_stands_in_one_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "gui.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    for path in [*PACKAGING.rglob("*"), *WORKFLOWS]:
        if path.is_file() and path.suffix in {
            ".sh",
            ".spec",
            ".nsi",
            ".plist",
            ".yml",
            ".xml",
            ".desktop",
            ".1",
            ".py",
        }:
            assert __version__ not in path.read_text("utf-8"), f"{path} names the version itself"


# --------------------------------------------------------------------- Windows
def test_the_installer_speaks_every_language_it_offers():
    offered = re.findall(r'MUI_LANGUAGE "(\w+)"', INSTALLER)
    assert len(offered) == 9
    texts = re.findall(r"LangString (\w+) \$\{LANG_(\w+)\} \"(.+)\"", INSTALLER)
    for name in {one for one, _, _ in texts}:
        said = {language: text for one, language, text in texts if one == name}
        assert said.keys() == {language.upper() for language in offered}, name
        assert len(set(said.values())) == len(offered), f"{name} is the same in two languages"
        assert all("Page Keys" in text for text in said.values())
        breaks = {text.count(r"$\r$\n") for text in said.values()}
        assert len(breaks) == 1, f"{name} has other paragraphs in some languages"
    assert {one for one, _, _ in texts} == set(re.findall(r"\$\((\w+)\)", INSTALLER))


def test_the_installer_asks_for_no_administrator_and_deletes_no_folder_that_it_did_not_make():
    assert "RequestExecutionLevel user" in INSTALLER
    assert "HKLM" not in INSTALLER
    assert set(re.findall(r"RMDir /r (.+)", INSTALLER)) == {r'"$INSTDIR\_internal"', r'"$INSTDIR\_internal.old"'}


# ----------------------------------------------------------------------- macOS
def test_macos_is_told_what_apple_asks():
    info = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert info["LSApplicationCategoryType"].startswith("public.app-category.")
    assert info["NSHighResolutionCapable"] is True
    assert float(info["LSMinimumSystemVersion"]) >= 13, "Qt's wheels run on no older one"
    assert "CFBundleShortVersionString" not in info, "the version stands in one place"
    usage = {name: text for name, text in info.items() if name.endswith("UsageDescription")}
    assert "NSBluetoothAlwaysUsageDescription" in usage
    assert all(text.startswith("To ") and text.endswith(".") for text in usage.values())
    assert info["NSAppTransportSecurity"] == {"NSAllowsLocalNetworking": True}, "TLS everywhere else"
    agent = (ROOT / "gui" / "desktop" / "start_at_login.py").read_text("utf-8")
    assert f'"{info["CFBundleIdentifier"]}"' in agent


def test_macos_rights_are_those_that_python_and_a_replaceable_qt_need():
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert rights == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


def test_a_package_that_lacks_what_the_recipe_names_is_found(tmp_path):
    check = runpy.run_path(str(PACKAGING / "macos" / "check.py"))
    missing = check["missing_in"](tmp_path)
    assert "PySide6/QtWebEngineCore.abi3.so" in missing
    for name in missing:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if not (tmp_path / name).exists():
            (tmp_path / name).mkdir()
    assert check["missing_in"](tmp_path) == []


# ------------------------------------------------------------------- workflows
def jobs_of(path):
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def steps():
    for path in WORKFLOWS:
        for name, job in jobs_of(path).items():
            for step in job["steps"]:
                yield f"{path.name}, {name}", step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_whole_and_may_do_no_more_than_it_needs(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    # YAML 1.1 reads the key `on` as true.
    assert workflow[True]
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        assert {"runs-on", "steps"} <= job.keys(), name
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= workflow["jobs"].keys()
        assert job.get("permissions", {}) in ({}, {"contents": "write"})


def test_what_workflows_call_is_there():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for place, step in steps():
        assert ("run" in step) != ("uses" in step), place
        for target in re.findall(r"^make ([a-z][\w-]*)", step.get("run", ""), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{place}: make {target}"
        for script in re.findall(r"\bbash (\S+)", step.get("run", "")):
            assert (ROOT / script).is_file(), f"{place}: {script}"
        for action in re.findall(r"\S+@\S+", step.get("uses", "")):
            assert re.fullmatch(r"actions/[\w-]+@v\d+", action), f"{place}: {action}"


def test_no_secret_is_needed():
    for path in WORKFLOWS:
        assert "secrets." not in path.read_text("utf-8")


def test_a_tag_builds_for_three_systems_and_tours_each_before_a_draft_is_made():
    (path,) = (one for one in WORKFLOWS if one.stem == "release")
    jobs = jobs_of(path)
    assert set(jobs["draft"]["needs"]) == {"debian", "windows-tour", "macos"}
    said = {name: "\n".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    assert "--tour" in said["windows-tour"]
    for name, recipe in (("debian", "bundle.sh"), ("macos", "macos/build.sh")):
        assert "--tour" in (PACKAGING / recipe).read_text("utf-8"), name
    assert all("sbom.cdx.json" in said[name] for name in ("debian", "windows", "macos"))
    assert "SHA256SUMS" in said["draft"]
    assert "--draft" in said["draft"]
