"""Settings that came with a command, kept on the settings sheet: the next press and later commands count alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kam_xl.actions.book.record import Fate
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.actions.plans.context import BuildContext
from kam_xl.domain.settings import same_setting
from kam_xl.engines.values import put
from kam_xl.excel.references import column_letters
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.table import Finding
from kam_xl.table.setting_amounts import setting_amount

_OWNER, _NAMES, _VALUES = "typed settings", "kam_setting_name", "kam_setting_value"


def keep_settings(context: BuildContext, given: Mapping[str, object]) -> Iterator[Finding]:
    """Write settings beside their names, where nobody typed another value; a value that somebody typed is told.

    Parameters
    ----------
    context : BuildContext
    given : mapping
        Setting names to the values that this build counted with, those of the sheet itself included.
    """
    sheet = context.sheets.find(OurSheet.SETTINGS)
    if not given or sheet is None or _NAMES not in sheet or _VALUES not in sheet:
        return
    typed = sheet.cells(_VALUES)
    for at, name in enumerate(sheet.cells(_NAMES)[: len(typed)]):
        value = given.get(str(name))
        if value in (None, "") or same_setting(str(name), setting_amount(str(name), typed[at]), value):
            continue
        if context.record.settle(_OWNER, str(name), value, typed[at]) is Fate.WRITE:
            put(sheet[_VALUES][at], [[value]])
        else:
            yield _differs(sheet, at, str(name), typed[at], value)


def _differs(sheet: NamedSheet, at: int, name: str, typed: object, value: object) -> Finding:
    """This build and the next one count with different values."""
    area = sheet.area(_VALUES)
    return Finding(
        sheet.title,
        f"{column_letters(area.left)}{area.top + at}" if area else "",
        client_id="",
        client="",
        code="setting-differs",
        grade="warning",
        message=Text(
            "{name} is {typed} on this sheet; this build used {value} from the settings file, a later one without it "
            "uses {typed}.",
            name=name,
            typed=str(typed),
            value=str(value),
        ),
        value=typed,
        remedy=Text("Enter the value that is to hold, or clear the cell and build again with the file."),
    )
