"""A workbook with every function, as Excel would have written it, and what Python says to the same cells."""

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula

from kam_xl.calc_addin.conversion import error_name
from kam_xl.functions import FUNCTIONS

# Of each client, in columns of their own: arguments are addresses with {r} for the row, {last} for the last one.
ROWS = (
    ("KAM_PENETRATION", "{revenue}{r}", "{budget}{r}"),
    ("KAM_REVENUE_SHARE", "{revenue}{r}", "{revenue}$2:{revenue}${last}"),
    ("KAM_COMPETITOR_SHARE", "{competitors}{r}", "{budget}{r}"),
    ("KAM_HEADROOM", "{revenue}{r}", "{budget}{r}"),
    ("KAM_CLASSIFY", "{revenue}{r}", "{revenue}$2:{revenue}${last}", "{budget}{r}"),
    ("KAM_STATUS", "{revenue}{r}", "{revenue}$2:{revenue}${last}"),
    ("KAM_POSITION", "{KAM_PENETRATION}{r}"),
    ("KAM_POTENTIAL", "{budget}{r}", "{budget}$2:{budget}${last}"),
    ("KAM_STRATEGY", "{KAM_POSITION}{r}", '"high"'),
    ("KAM_ABC", "{revenue}{r}", "{revenue}$2:{revenue}${last}"),
    ("KAM_VALUE_AT_STAKE", "{revenue}{r}", "{budget}{r}"),
    ("KAM_CAGR", "{revenue}{r}", "{budget}{r}", "3"),
    ("KAM_TARGET", "{budget}{r}", "{KAM_PENETRATION}{r}", "0.9", "3"),
    ("KAM_PLAN_FACT", "{budget}{r}", "{revenue}{r}"),
    ("KAM_PLAN_GAP", "{budget}{r}", "{revenue}{r}"),
    ("KAM_IS_KEY", "{id}{r}", "$A$1:{wide}${last}"),
    ("KAM_EXPLAIN", "{id}{r}", "$A$1:{wide}${last}"),
)
# Of all clients, on a sheet of their own.
WHOLE = (
    ("KAM_HHI", "Clients!{revenue}$2:{revenue}${last}"),
    ("KAM_TOP_SHARE", "Clients!{revenue}$2:{revenue}${last}", "5"),
    ("KAM_LIMIT", "Clients!{id}$2:{id}${last}"),
    ("KAM_GROUP_PENETRATION", "Clients!{revenue}$2:{revenue}${last}", "Clients!{budget}$2:{budget}${last}"),
)
ARRAYS = (
    ("KAM_TABLE", "Clients!$A$1:{wide}${last}"),
    ("KAM_POSITION", "Clients!{KAM_PENETRATION}2:{KAM_PENETRATION}{last}"),
    ("KAM_PENETRATION", "Clients!{revenue}2:{revenue}{last}", "Clients!{budget}2:{budget}{last}"),
    ("KAM_ABC", "Clients!{revenue}2:{revenue}{last}"),
    ("KAM_IS_KEY", "Clients!{id}2:{id}{last}", "Clients!$A$1:{wide}${last}"),
)


class Made:
    """The workbook, and by sheet and cell what each formula is and what Python answers."""

    def __init__(self, table, columns):
        """`table` begins with its header; `columns` are the numbers of id, revenue, budget and competitors, from 0."""
        self.book = openpyxl.Workbook()
        self.formulas, self.answers = {}, {}
        sheet = self.book.active
        sheet.title = "Clients"
        for row in table:
            sheet.append(row)
        for cell in (cell for row in sheet for cell in row if cell.data_type == "f"):
            cell.data_type = "s"  # a name that begins like a formula
        last, width = len(table), len(table[0])
        self._letters = {name: get_column_letter(number + 1) for name, number in columns.items()}
        self._letters |= {"last": last, "wide": get_column_letter(width)}
        for place, (name, *arguments) in enumerate(ROWS, start=width + 1):
            self._letters[name] = get_column_letter(place)
            for row in range(2, last + 1):
                self._put(sheet, f"{self._letters[name]}{row}", name, arguments, row)
        other = self.book.create_sheet("Whole")
        for row, (name, *arguments) in enumerate(WHOLE, start=1):
            self._put(other, f"A{row}", name, arguments, row)
        for number, (name, *arguments) in enumerate(ARRAYS, start=1):
            self._spread(self.book.create_sheet(f"Array {number}"), name, arguments)

    def _filled(self, name, arguments, row=0):
        texts = [text.format(**self._letters, r=row) for text in arguments]
        return f"={name}({','.join(texts)})", FUNCTIONS[name].call(*map(self._value, texts))

    def _put(self, sheet, address, name, arguments, row):
        sheet[address], answer = self._filled(name, arguments, row)
        self._keep(sheet, address, sheet[address].value, answer[0][0] if isinstance(answer, list) else answer)

    def _spread(self, sheet, name, arguments):
        formula, answer = self._filled(name, arguments)
        answer = answer if isinstance(answer, list) else [[answer]]
        area = f"A1:{get_column_letter(len(answer[0]))}{len(answer)}"
        sheet["A1"] = ArrayFormula(area, formula)
        for row, line in enumerate(answer, start=1):
            for column, value in enumerate(line, start=1):
                self._keep(sheet, f"{get_column_letter(column)}{row}", formula, value)

    def _keep(self, sheet, address, formula, answer):
        self.formulas[sheet.title, address] = formula
        self.answers[sheet.title, address] = answer

    def _value(self, text):
        if text.replace(".", "").isdigit():
            return float(text)
        if text.startswith('"'):
            return text.strip('"')
        left, top, right, bottom = range_boundaries(text.rpartition("!")[2].replace("$", ""))
        cells = [
            [self._cell(f"{get_column_letter(column)}{row}") for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        return cells if len(cells) > 1 or len(cells[0]) > 1 else cells[0][0]

    def _cell(self, address):
        return self.answers.get(("Clients", address), self.book["Clients"][address].value)


def table_of(path):
    """The rows of the client table of a workbook that opens with it, from its header on."""
    rows = [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
    first = next(number for number, row in enumerate(rows) if sum(cell is not None for cell in row) > 3)
    return rows[first:]


def shown(document, places):
    """What the cells of these places hold: numbers, texts, names of errors."""
    return {place: value_of(document.Sheets.getByName(place[0]).getCellRangeByName(place[1])) for place in places}


def value_of(cell):
    """What a cell holds."""
    if cell.getError():
        return error_name(cell.getError())
    number = cell.FormulaResultType2 == 1 if cell.Formula else cell.Type.value == "VALUE"
    return cell.Value if number else cell.String


UNKNOWN = "\xa0"  # what a workbook shows in place of an answer that its build does not know


def differences(found, expected):
    """Where Calc and Python differ: numbers in more than their last digits."""
    return {
        place: (found[place], value)
        for place, value in expected.items()
        if value != UNKNOWN and found[place] != ("" if value is None else value) and not _close(found[place], value)
    }


def _close(left, right):
    return all(isinstance(each, (int, float)) for each in (left, right)) and abs(left - right) <= 1e-13 * abs(right)
