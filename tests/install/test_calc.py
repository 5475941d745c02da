"""The extension in LibreOffice as `kam-xl install --calc` and `kam-xl doctor` see it."""

import os
import sys
from pathlib import Path

import pytest

from kam_xl import __version__
from kam_xl.calc_addin.description import IDENTIFIER
from kam_xl.engines.calc.bridge import office_binary
from kam_xl.install import calc, calc_checks
from kam_xl.install.calc import Installed, OldOfficeError

needs_office = pytest.mark.skipif(office_binary() is None, reason="LibreOffice is not here")


def listed(profile, *packages):
    """A profile whose list of active packages, as LibreOffice writes it, has these: identifier and version."""
    folder = profile / "user/uno_packages/cache"
    folder.mkdir(parents=True)
    lines = [
        b"\xff".join((f"{name}\nlu1.tmp".encode(), b"x.oxt", b"application/x", version.encode(), b"0"))
        for name, version in packages
    ]
    (folder / "uno_packages.pmap").write_bytes(b"Pmp1\xff" + b"\n".join(lines) + b"\n\n")
    return profile


def test_the_version_is_the_one_in_libreoffice_s_own_list(tmp_path):
    profile = listed(tmp_path, ("org.else", "7.7"), (IDENTIFIER, "1.2.3"))
    assert calc.registered_version(profile) == "1.2.3"


def test_a_profile_without_packages_has_no_extension(tmp_path):
    assert (calc.registered_version(tmp_path), calc.registered_version(listed(tmp_path))) == (None, None)


def test_an_old_libreoffice_is_refused_before_anything_is_built(tmp_path, monkeypatch):
    monkeypatch.setattr(calc, "find", lambda: Installed(tmp_path, (7, 4, 7, 2)))
    with pytest.raises(OldOfficeError, match=r"too old, got 7\.4\.7\.2\. Install LibreOffice 25\.2 or later"):
        calc.install(tmp_path)


@pytest.mark.parametrize(
    ("version", "needed", "grade"),
    [(None, True, "warning"), (None, False, "ok"), ("0.0.1", True, "warning"), (__version__, True, "ok")],
)
def test_a_missing_or_other_extension_is_told(tmp_path, monkeypatch, version, needed, grade):
    (tmp_path / "pythonloader.py").touch()
    monkeypatch.setattr(calc_checks, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(calc, "registered_version", lambda: version)
    assert [(check.code, check.grade) for check in calc_checks.calc_checks(needed=needed)] == [
        ("calc-extension", grade)
    ]


def test_a_libreoffice_without_python_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(calc_checks, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(calc, "registered_version", lambda: None)
    assert next(iter(calc_checks.calc_checks())).code == "calc-python"


def test_a_mark_that_a_workbook_is_open_is_told_with_its_owner(tmp_path, monkeypatch):
    (tmp_path / "pythonloader.py").touch()
    monkeypatch.setattr(calc_checks, "program_folder", lambda: tmp_path)
    (tmp_path / ".~lock.Plans.xlsx#").write_text(",anna,office-7,25.11.2026 09:14,file:///home/anna;", encoding="utf-8")
    *_, lock = calc_checks.calc_checks(tmp_path / "Plans.xlsx")
    assert lock.message.render("en") == "Plans.xlsx is marked as open in LibreOffice: anna"


def test_without_libreoffice_nothing_is_said(monkeypatch):
    monkeypatch.setattr(calc_checks, "program_folder", lambda: None)
    assert list(calc_checks.calc_checks()) == []


@needs_office
@pytest.mark.slow
def test_the_extension_comes_is_replaced_and_goes(tmp_path, monkeypatch):
    # As in an activated environment, whose Python LibreOffice's must not take for its own.
    monkeypatch.setenv("PATH", str(Path(sys.prefix) / "bin"), prepend=os.pathsep)
    profile = tmp_path / "profile"
    calc.install(profile)
    calc.install(profile)
    there = calc.registered_version(profile)
    assert (there, calc.uninstall(profile), calc.registered_version(profile), calc.uninstall(profile)) == (
        __version__,
        True,
        None,
        False,
    )
