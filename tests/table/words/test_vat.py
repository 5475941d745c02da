import pytest

from kam_xl.table.words.matching import Matcher, is_unit, nature_of, unit_of
from kam_xl.table.words.vat import vat_around, vat_of, without_vat
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, KINDS, OTHER_FIELDS

MATCHER = Matcher.of(CLIENT_FIELDS | OTHER_FIELDS)
NET = [
    *("excl. VAT", "excluding VAT", "exclusive of VAT", "ex VAT", "ex. VAT", "ex-VAT", "w/o VAT", "without VAT"),
    *("net of VAT", "VAT excluded", "VAT excl.", "VAT-exclusive", "before VAT", "less VAT", "not including VAT"),
    *("excluding taxes", "without 20% VAT", "ex GST"),
    *("без НДС", "без учёта НДС", "за вычетом НДС", "не вкл. НДС", "не включая НДС", "искл. НДС", "за минусом НДС"),
    *("НДС не включён", "б/НДС", "безНДС", "до НДС", "без налога", "без НДС 20%", "без учета НДС по ставке 20%"),
    *("ohne MwSt.", "zzgl. 19% MwSt", "exkl. USt", "hors TVA", "bez VAT", "без ПДВ", "без урахування ПДВ"),
]
GROSS = [
    *("incl. VAT", "including VAT", "inclusive of VAT", "inc VAT", "with VAT", "w/ VAT", "gross of VAT"),
    *("VAT included", "VAT incl.", "VAT-inclusive", "incl. 20% VAT", "with VAT (20%)", "with VAT of 20%"),
    *("with VAT included", "of which VAT", "with tax"),
    *("с НДС", "с учётом НДС", "с уч. НДС", "вкл. НДС", "включ. НДС", "включая НДС", "с вкл. НДС", "в т.ч. НДС"),
    *("в т. ч. НДС 20%", "в том числе НДС", "НДС включен", "с включённым НДС", "с 20% НДС", "с НДС (20%)", "с налогом"),
    *("inkl. 19% MwSt.", "mit USt", "avec TVA", "TVA incluse", "z VAT", "з ПДВ", "у т.ч. ПДВ"),
]
SAID = [*((phrase, "net") for phrase in NET), *((phrase, "gross") for phrase in GROSS)]
MONEY = {
    "revenue": ("Revenue", "Выручка", "Отгрузка"),
    "procurement_budget": ("Procurement budget", "Бюджет закупок"),
    "competitor_revenue": ("Competitors' revenue", "Доход конкурентов"),
    "margin": ("Margin", "Маржа"),
    "sales_plan": ("Sales plan", "План продаж"),
    "budget_low": ("Budget low", "Бюджет от"),
    "budget_high": ("Budget high", "Бюджет макс."),
    "revenue_earlier": ("Revenue last year", "Выручка прошлого года"),
    "amount": ("Amount", "Сумма"),
}


def test_every_money_field_is_tried():
    assert {field for field, kind in KINDS.items() if kind == "money"} <= MONEY.keys()


@pytest.mark.parametrize(("phrase", "basis"), SAID, ids=[phrase for phrase, _ in SAID])
@pytest.mark.parametrize("form", ["{} {}", "{}, {}", "{} ({})", "{}, EUR, {}", "{} {}, тыс. руб.", "{} 2025 ({}), RUB"])
def test_what_is_said_of_vat_changes_no_field(form, phrase, basis):
    titles = {form.format(title, phrase): field for field, titles in MONEY.items() for title in titles}
    read = {title: (match and match.field, vat_of(title)) for title in titles for match in [MATCHER.match(title)]}
    assert read == {title: (field, basis) for title, field in titles.items()}


@pytest.mark.parametrize("title", ["VAT", "НДС", "Сумма НДС, руб.", "НДС 20%", "В т.ч. НДС", "of which VAT, EUR"])
def test_the_tax_itself_is_no_amount_with_or_without_it(title):
    assert (nature_of(title), vat_of(title)) == ("tax", "")


@pytest.mark.parametrize("title", ["Profit before tax", "Прибыль до налогов", "Revenue after VAT", "VAT number"])
def test_other_words_about_taxes_are_not_cut(title):
    assert without_vat(title) == title


@pytest.mark.parametrize(
    ("title", "unit"),
    [("в т.ч. НДС, руб.", (1, "RUB")), ("т. руб., в т.ч. НДС", (1000, "RUB")), ("VAT, kEUR", (1000, "EUR"))],
)
def test_the_unit_beside_vat_is_read(title, unit):
    assert unit_of(title)[:2] == unit


@pytest.mark.parametrize("title", ["EUR, excl. VAT", "тыс. руб. (с учётом НДС)", "без НДС"])
def test_a_unit_that_says_more_about_vat_is_a_unit(title):
    assert is_unit(title)


def test_a_part_of_a_title_says_it_without_the_name_of_amounts():
    assert [vat_around(part) for part in ("в т.ч. НДС", " excl. VAT", "Net sales", "VAT 20%")] == [
        "gross",
        "net",
        "",
        "",
    ]
