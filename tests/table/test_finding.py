from kam_xl.locale import Text
from kam_xl.table.finding import Finding


def test_a_finding_reads_as_one_line():
    finding = Finding("Q1 list", "D7", "C1", "Nord", "budget-zero", "error", Text("No budget."), 0, Text("Enter it."))
    assert finding.render() == "'Q1 list'!D7: No budget. Enter it."
