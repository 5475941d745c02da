"""The last step of the file."""

from io import BytesIO
from zipfile import ZipFile

from drawing.package import repacked


def package(parts):
    file = BytesIO()
    with ZipFile(file, "w") as target:
        for name, text in {"[Content_Types].xml": "<Types/>", **parts}.items():
            target.writestr(name, text)
    return file.getvalue()


def read(file):
    with ZipFile(BytesIO(file)) as source:
        return {entry.filename: (source.read(entry).decode(), entry.date_time) for entry in source.infolist()[1:]}


def test_parts_keep_their_order_and_get_one_date():
    date = (2026, 1, 1, 0, 0, 0)
    assert list(read(repacked(package({"b": "1", "a": "2"}), {})).items()) == [("b", ("1", date)), ("a", ("2", date))]


def test_only_the_named_parts_are_changed():
    changed = read(repacked(package({"xl/charts/chart1.xml": "<a/>", "xl/x.xml": "<a/>"}), {"xl/charts/": str.upper}))
    assert {name: text for name, (text, _) in changed.items()} == {"xl/charts/chart1.xml": "<A/>", "xl/x.xml": "<a/>"}
