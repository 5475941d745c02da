"""A quarter in the life of a team: build, hand out, type, collect, next month's table, changes, agenda, deck."""

from io import BytesIO

from openpyxl.comments import Comment
from pptx import Presentation

from kam_xl import actions
from kam_xl.actions.output.deck import deck
from kam_xl.actions.team.collecting import collect, comments_in
from kam_xl.ooxml.package import Package
from tests.actions.quarter import NEXT_MONTH, OPTIONS, a_team, check_the_quarter, the_first_month
from tests.actions.teamwork import opened
from tests.tables import edited


def test_nothing_typed_is_lost_in_a_quarter_and_everything_shows_where_it_belongs(tmp_path):
    path = a_team(tmp_path / "whole.xlsx")
    check_the_quarter(opened, path, tmp_path / "team")
    with opened(path) as book:
        made = deck(book, actions.Options(today=NEXT_MONTH, **OPTIONS))
    texts = [
        cell.text
        for slide in Presentation(BytesIO(made.content)).slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    assert sum(text.startswith("Visit the plant") for text in texts) == 8  # in the ranking, and on each one's slide
    assert "Alarm" in texts


def test_answers_of_a_thread_count_once_whatever_the_parts_are_called():
    package = Package.blank()
    package.put("xl/workbook.xml", "<workbook/>")
    package.put("xl/sheet.xml", "<worksheet/>")
    package.put("xl/c.xml", "<comments><commentList><comment ref='A1'/></commentList></comments>")
    package.put(
        "xl/t.xml", "<x:ThreadedComments xmlns:x='u'><x:threadedComment/><x:threadedComment/></x:ThreadedComments>"
    )
    package.relate("", "officeDocument", "xl/workbook.xml")
    package.relate("xl/workbook.xml", "worksheet", "xl/sheet.xml")
    package.relate("xl/sheet.xml", "comments", "xl/c.xml")
    package.relate(
        "xl/sheet.xml", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "xl/t.xml"
    )
    assert len(comments_in(package)) == 2


def test_comments_of_managers_are_told_because_they_are_not_brought(tmp_path):
    path = a_team(tmp_path / "whole.xlsx")
    the_first_month(opened, path, tmp_path / "team")
    theirs = tmp_path / "team" / "plans Ann.xlsx"
    with edited(theirs) as book:
        book["Nordwerk"]["A10"].comment = Comment("Ask Eve", "Ann")
    with opened(path) as whole:
        done = collect(whole, tmp_path / "team", actions.Options(**OPTIONS), confirm=lambda found: False)
    assert done.comments == {"plans Ann.xlsx": ["Nordwerk!A10 Ask Eve"]}
    told = "1 comment on a cell is not brought over and stays in: plans Ann.xlsx (Nordwerk!A10 Ask Eve)"
    assert told in done.lines("en")
