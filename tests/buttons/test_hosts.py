"""What the programs that call us tell: which workbook, and why they refuse."""

import errno
import sys

import pytest

from kam_xl.buttons import hosts
from kam_xl.buttons.hosts import calling_book, explained


@pytest.mark.parametrize("name", ["план = факт 2026.xlsx", "a=b=c.xlsx"])
def test_a_workbook_with_an_equals_sign_in_its_name_is_found(name, clients_xlsx, opened, monkeypatch):
    book = opened(clients_xlsx.rename(clients_xlsx.with_name(name)))
    command = ["-c", f"--wb={name}", "--from_xl=1", "--app=C:\\Office\\Microsoft Excel", "--hwnd=4242"]
    monkeypatch.setattr(sys, "argv", command)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(hosts, "_excel_at", lambda window: {4242: book.app}[window])
    assert calling_book().name == name


def test_what_the_system_refuses_is_told_in_the_user_s_language():
    error = PermissionError(errno.EPERM, "Operation not permitted", "C:\\планы\\a.xlsx")
    assert explained(error).render("ru") == "C:\\планы\\a.xlsx: операционная система отказала (нет прав доступа)."


def test_a_fault_of_ours_is_not_the_system_s():
    assert explained(OSError("no number")) is None
    assert explained(ValueError("x")) is None
