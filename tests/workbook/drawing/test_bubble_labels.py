"""Labels from cells at the points of a bubble chart."""

from xml.etree import ElementTree

from drawing.bubble_labels import C15, with_labels

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SERIES = f'<chart xmlns="{CHART}"><ser><idx val="0"/><xVal/><yVal/></ser></chart>'
SPACES = {"c": CHART, "c15": C15}


def test_labels_stand_before_the_values_and_their_source_at_the_end():
    series = ElementTree.fromstring(with_labels(SERIES, "P!$A$1:$A$2", 2)).find("c:ser", SPACES)
    assert [child.tag.partition("}")[2] for child in series] == ["idx", "dLbls", "xVal", "yVal", "extLst"]


def test_each_point_has_a_label_that_shows_its_cell_and_nothing_else():
    labels = ElementTree.fromstring(with_labels(SERIES, "P!$A$1:$A$2", 2)).findall(".//c:dLbl", SPACES)
    assert [label.find("c:idx", SPACES).get("val") for label in labels] == ["0", "1"]
    shown = {child.tag.partition("}")[2]: child.get("val") for child in labels[0] if "show" in child.tag}
    assert set(shown.values()) == {"0"}
    assert labels[0].find(".//c15:showDataLabelsRange", SPACES).get("val") == "1"


def test_a_sheet_name_with_an_ampersand_stays_well_formed():
    chart = ElementTree.fromstring(with_labels(SERIES, "'A & B'!$A$1:$A$2", 2))
    assert chart.find(".//c15:f", SPACES).text == "'A & B'!$A$1:$A$2"


def test_the_same_chart_comes_out_each_time():
    assert with_labels(SERIES, "P!$A$1", 1) == with_labels(SERIES, "P!$A$1", 1)
