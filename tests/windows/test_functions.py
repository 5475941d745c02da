"""The functions on Windows: through xlwings' real library and pywin32, with values as Excel's cells hold them.

What `tests.udfs.test_excel` asks of a stand-in is asked here of the real thing.
"""

import pytest

from tests.udfs import test_excel
from tests.windows.excel_side import FOLDERS, INTERPRETER, Excel
from windows.wine import windows_path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def excel(wine):
    with Excel.running(wine) as excel:
        yield excel


test_functions_answer_calls_from_excel = test_excel.test_functions_answer_calls_from_excel
TestArguments = test_excel.TestArguments
test_scalars_of_every_kind = test_excel.test_scalars_of_every_kind
test_no_answer_is_ever_empty_but_an_empty_text = test_excel.test_no_answer_is_ever_empty_but_an_empty_text


def test_a_function_that_is_not_there_fails_with_a_sentence_and_the_next_call_is_answered(excel):
    (((failed,),), ((answer,),)) = excel(["KAM_NOPE", [1]], ["KAM_PENETRATION", [30, 120]])
    assert "no attribute 'KAM_NOPE'" in failed["failed"][1]
    assert answer == 0.25


@pytest.mark.parametrize("folder", ["R&D (x86) O'Neil 100%", "Пётр Иванов"])
def test_python_starts_whatever_the_workbook_s_folder_is_called(wine, folder):
    with Excel.running(wine, workbook=f"C:\\{folder}\\KeyAccounts.xlsm") as excel:
        assert excel(["KAM_PENETRATION", [30, 120]]) == [[[0.25]]]


@pytest.mark.parametrize(("module", "code"), [("kam_udfs", 0), ("kam_xl.buttons", 0), ("kam_nowhere", 1)])
def test_the_try_before_the_first_start_tells_whether_python_has_what_is_needed(wine, module, code):
    script = f"import sys; sys.path[:0] = {FOLDERS!a}.split(';'); import xlwings, {module}"
    assert wine.run(INTERPRETER, "-B", "-c", script).returncode == code


def test_the_try_fails_at_once_where_there_is_no_python(wine):
    assert wine.run(windows_path(wine.folder / "nowhere" / "pythonw.exe"), "-B", "-c", "pass", timeout=30).returncode
