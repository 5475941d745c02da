"""One spelling for each manager, industry and territory."""

from kam_xl.table import Grid, read_grids


def test_each_other_spelling_is_told_at_its_own_cell():
    people = ["Ann Lee", "ANN LEE", "Ann Lee", "Bo Ray", "Bo Ray", "bo  ray", "Ann Lee"]
    rows = [[f"Client {at}", 5.0, who] for at, who in enumerate(people)]
    table = read_grids([Grid("Clients", [["Client", "Revenue", "Manager"], *rows])])
    told = [(each.cell, each.message.render()) for each in table.findings if each.code == "two-spellings"]
    assert told == [
        ("C3", '"Ann Lee" is also spelt "ANN LEE": they differ in letter case or blanks only.'),
        ("C7", '"Bo Ray" is also spelt "bo ray": they differ in letter case or blanks only.'),
    ]
    assert [client.manager for client in table.clients()] == [*["Ann Lee"] * 3, *["Bo Ray"] * 3, "Ann Lee"]
