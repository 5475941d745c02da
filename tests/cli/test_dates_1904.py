import zipfile
from datetime import datetime

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)

CLIENTS = "Client ID,Client,Revenue,Procurement budget\n1,Nordwerk,900,1000\n2,Baltic,5,20\n"
DAY = datetime(2027, 2, 3)


def counting_from_1904(source, target):
    """The same workbook, its days counted as in books of old Macintosh origin."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                assert b"<workbookPr" not in data
                place = min(data.index(each) for each in (b"<bookViews", b"<sheets") if each in data)
                data = data[:place] + b'<workbookPr date1904="1"/>' + data[place:]
            new.writestr(name, data)


def test_what_formulas_say_of_days_is_right_in_a_workbook_that_counts_from_1904(run, tmp_path):
    table, first, book_1904, updated = (tmp_path / each for each in ("c.csv", "a.xlsx", "b.xlsx", "c.xlsx"))
    table.write_text(CLIENTS, encoding="utf-8")
    assert run("plan", table, "-o", first, "--lang", "en")[0] == 0
    counting_from_1904(first, book_1904)
    with xw.engines["file"].apps.add() as app:
        book = app.books.open(book_1904)
        plan = book.sheets["Nordwerk"]
        for name, value in {"kam_action_what": "Visit", "kam_action_when": DAY}.items():
            plan.names(name).refers_to_range[0].value = value
        book.save()
        book.close()
        assert run("plan", book_1904, "-o", updated, "--lang", "en")[0] == 0
        book = app.books.open(updated)
        assert book.sheets["Nordwerk"].names("kam_next_when").refers_to_range[0].value == DAY
        listed = [cell for row in book.sheets["Key accounts"].used_range.value for cell in row]
        assert DAY in listed
