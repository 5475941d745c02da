"""What the Windows registry says about Excel; on other systems there is none, and nothing is known."""

from __future__ import annotations

import sys
from typing import Any

from kam_xl.engines.drop_downs import list_separator

_APP = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_SECURITY = r"Microsoft\Office\16.0\Excel\Security"
_INTERNATIONAL = r"Control Panel\International"


def _value(root: str, key: str, name: str) -> Any:
    """A value of the registry, None where it is not there."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(getattr(winreg, root), key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None


def excel_path() -> str:
    """Where Excel is, blank where it is not."""
    return str(_value("HKEY_LOCAL_MACHINE", _APP, "") or _value("HKEY_CURRENT_USER", _APP, "") or "")


def excel_version() -> str:
    """The version of an Office that updates itself, blank for others."""
    return str(_value("HKEY_LOCAL_MACHINE", _CLICK_TO_RUN, "VersionToReport") or "")


def macro_setting() -> tuple[int | None, bool]:
    """How Excel handles macros (VBAWarnings), and whether a policy of the organisation says so."""
    policy = _value("HKEY_CURRENT_USER", rf"Software\Policies\{_SECURITY}", "VBAWarnings")
    own = _value("HKEY_CURRENT_USER", rf"Software\{_SECURITY}", "VBAWarnings")
    level = own if policy is None else policy
    return (None if level is None else int(level)), policy is not None


def separators() -> tuple[str, str]:
    """The decimal mark, and what stands between the arguments of a formula."""
    decimal = _value("HKEY_CURRENT_USER", _INTERNATIONAL, "sDecimal")
    return str(decimal or "."), list_separator()
