"""A key account that is none any more: its plan stays, and the report and the list name it."""

import openpyxl

from tests.tables import CLIENTS, TODAY, edited


def test_one_that_left_the_table_is_in_the_report_and_below_the_list(build, plans_xlsx):
    with edited(plans_xlsx) as book:
        book["Clients"].delete_rows(2 + [row[0] for row in CLIENTS].index("C03"))

    report = build(plans_xlsx, plans_xlsx)

    gone = f"Not in the client table since {TODAY}"
    assert [each.state for each in report.plans.former if each.client_id == "C03"] == [gone]
    book = openpyxl.load_workbook(plans_xlsx)
    rows = book["Key accounts"].iter_rows(min_row=6, values_only=True)
    assert [gone for row in rows if "Северсталь: Юг/Север" in row and gone in row] == [gone]
    assert "Северсталь- Юг-Север" in book.sheetnames
