"""An operational plan read from a file of its own, kept in the workbook: later builds count with it, too."""

from __future__ import annotations

from kam_xl.actions.book.sheets import MARK
from kam_xl.actions.plans.context import BuildContext
from kam_xl.domain.periods import outermost
from kam_xl.engines.values import put
from kam_xl.excel.sheet_names import unique_sheet_name
from kam_xl.locale import Text
from kam_xl.table import Finding
from kam_xl.table.operational.kept import KEPT_SHEET, KEPT_TITLE, periods_of

_GIVE_IT = Text(
    "Give its file: kam-xl plan WORKBOOK --operational FILE, or put its sheet back. If there is to be none, no action "
    "is needed."
)
_GIVE_BOTH = Text("If they still count, give a file with all of them: kam-xl plan WORKBOOK --operational FILE.")


def keep_operational(context: BuildContext) -> list[Finding]:
    """Write the plan that came with this build on its sheet, in the place of an earlier one; periods that only the
    earlier one has are named."""
    kept = context.table.source.operational
    if kept is None or context.is_part:
        return []
    book, ours = context.book, context.sheets.find(KEPT_SHEET)
    rows, gone = kept.rows(context.lang), []
    if ours:
        sheet = ours.sheet
        before = sheet.range((1, 1), (sheet.used_range.last_cell.row, len(rows[0])))
        gone = outermost(periods_of(before.options(ndim=2).value) - periods_of(rows))
        before.clear_contents()
    else:
        title = unique_sheet_name(KEPT_TITLE.render(context.lang), [each.name for each in book.sheets])
        sheet = book.sheets.add(title, after=book.sheets[-1])
        sheet.names.add(MARK, f'="{KEPT_SHEET}"')
    put(sheet.range("A1"), rows)
    message = Text(
        "{periods} of the operational plan are not in {file}, and so are gone: goals do not follow them any more.",
        periods=[each.label for each in gone],
        file=kept.file,
    )
    return [_warning(sheet.name, message, _GIVE_BOTH)] if gone else []


def lost_operational(context: BuildContext) -> list[Finding]:
    """A warning where the last build counted with an operational plan, and this one has none."""
    had, context.record.has_operational = context.record.has_operational, context.table.has_operational
    message = Text("The last build counted with an operational plan; now there is none, and goals do not follow it.")
    return [_warning(context.table.source.sheet, message, _GIVE_IT)] if had > context.table.has_operational else []


def _warning(sheet: str, message: Text, remedy: Text) -> Finding:
    return Finding(sheet, "A1", "", "", "operational-plan-lost", "warning", message, None, remedy)
