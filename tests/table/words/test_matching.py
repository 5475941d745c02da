import pytest

from kam_xl.table.words.matching import Matcher, Unit, unit_of
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS, OTHER_FIELDS

CLIENTS, COMPETITORS = Matcher(CLIENT_FIELDS), Matcher(COMPETITOR_FIELDS)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Client", "client"),
        ("Контрагент", "client"),
        ("ЗАКАЗЧИК", "client"),
        ("Наименование\nклиента", "client"),
        ("ИНН", "client_id"),
        ("Код клиента", "client_id"),
        ("client_id", "client_id"),
        ("ClientID", "client_id"),
        ("Customer No.", "client_id"),
        ("Выручка, руб.", "revenue"),
        ("Выручка 2019", "revenue"),
        ("Выручка за 2019 год, тыс. руб. без НДС", "revenue"),
        ("Доход", "revenue"),
        ("Sales", "revenue"),
        ("Turnover, kEUR", "revenue"),
        ("Revenue FY2023 ($m)", "revenue"),
        ("Our total sales", "revenue"),
        ("Объем продаж (млн руб.)", "revenue"),
        ("Выручка 2025 год (руб., с НДС 20%)", "revenue"),
        ("Revenue 2025 (EUR, incl. 20% VAT)", "revenue"),
        ("Сумма продажи, включая НДС 22%", "revenue"),
        ("Выручка без учёта НДС, тыс. руб.", "revenue"),
        ("Выручка, руб. (в т. ч. НДС)", "revenue"),
        ("Бюджет закупок", "procurement_budget"),
        ("Procurement budget, USD", "procurement_budget"),
        ("Бюджет закупок у всех поставщиков, тыс. руб.", "procurement_budget"),
        ("Wallet", "procurement_budget"),
        ("Client's budget", "procurement_budget"),
        ("Доход конкурентов, руб", "competitor_revenue"),
        ("Competitors' revenue", "competitor_revenue"),
        ("Маржинальный доход", "margin"),
        ("План продаж 2020", "sales_plan"),
        ("Отрасль", "industry"),
        ("Регион", "territory"),
        ("KAM", "manager"),
        ("Референс", "reference"),
        ("Экспертиза", "expertise"),
        ("Expertise (0-3)", "expertise"),
        ("Экспертиза (0–3)", "expertise"),
        ("Экспертиза (оценка от 0 до 3)", "expertise"),
        ("Reference, level 0..3", "reference"),
        ("Референс (да/нет)", "reference"),
        ("Дата оценки бюджета", "budget_date"),
        ("Бюджет от, тыс. руб.", "budget_low"),
        ("Бюджет (макс.)", "budget_high"),
        ("Обоснование позиции", "position_reason"),
        ("Потенциал", "potential"),
    ],
)
def test_headers_as_people_write_them(header, field):
    assert CLIENTS.match(header).field == field


@pytest.mark.parametrize(
    "header",
    [
        "№ п/п",
        "Маржа, %",
        "Доля, %",
        "Комментарий",
        "",
        None,
        5.0,
        "Телефон",
        "Revenue growth",
        "x" * 300,
        "Position (0-3)",
    ],
)
def test_headers_of_other_things_are_left_alone(header):
    assert CLIENTS.match(header) is None


def test_every_field_knows_itself():
    for field in CLIENT_FIELDS:
        assert CLIENTS.match(field).field == field
    for field in COMPETITOR_FIELDS:
        assert COMPETITORS.match(field).field == field


def test_every_header_of_the_vocabulary_is_known_as_its_fields():
    for matcher, fields in ((CLIENTS, CLIENT_FIELDS), (COMPETITORS, COMPETITOR_FIELDS)):
        missed = [(field, each) for field, variants in fields.items() for each in variants if not matcher.match(each)]
        assert missed == []


def test_no_header_names_two_fields():
    seen = {}
    for field, variants in CLIENT_FIELDS.items():
        for variant in variants:
            assert seen.setdefault(variant, field) == field


def test_own_headers_go_before_the_vocabulary():
    assert Matcher(CLIENT_FIELDS, {"sales_plan": ("Выручка",)}).match("выручка").field == "sales_plan"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Выручка", Unit(None, None, None)),
        ("Выручка, руб.", Unit(1, "RUB", None)),
        ("Выручка 2019, тыс. руб.", Unit(1e3, "RUB", 2019)),
        ("Выручка, т.р.", Unit(1e3, "RUB", None)),
        ("Sales, $m", Unit(1e6, "USD", None)),
        ("Sales (kEUR) FY2021", Unit(1e3, "EUR", 2021)),
        ("Sales, '000 USD", Unit(1e3, "USD", None)),
        ("Бюджет, млрд ₽", Unit(1e9, "RUB", None)),
    ],
)
def test_units_and_years_of_headers(header, unit):
    assert unit_of(header) == unit


@pytest.mark.parametrize(
    ("header", "scale", "currency"),
    [
        ("Выручка, в тысячах рублей", 1e3, "RUB"),
        ("Выручка (в миллионах руб.)", 1e6, "RUB"),
        ("Выручка, миллиарды рублей", 1e9, "RUB"),
        ("Выручка в рублях", 1.0, "RUB"),
        ("Сумма в тысячах долларов", 1e3, "USD"),
        ("Продажи, у тисячах грн", 1e3, "UAH"),
        ("Przychody w tysiącach zł", 1e3, "PLN"),
        ("Umsatz in Millionen EUR", 1e6, "EUR"),
    ],
)
def test_units_are_known_in_the_cases_that_a_language_puts_them_in(header, scale, currency):
    assert unit_of(header)[:2] == (scale, currency)


@pytest.mark.parametrize(
    ("header", "scale"),
    [("Выручка, руб. (в т.ч. НДС)", 1), ("В т. ч. НДС, руб.", 1), ("Выручка, т. руб., в т.ч. НДС", 1000)],
)
def test_a_short_word_for_including_vat_is_no_thousand(header, scale):
    assert unit_of(header).scale == scale


@pytest.mark.parametrize("header", ["НДС 20%", "Ставка НДС, %", "Net margin 20%", "Доля без НДС, %"])
def test_a_rate_that_is_not_said_of_an_amount_makes_no_money_of_a_header(header):
    assert CLIENTS.match(header) is None


@pytest.mark.parametrize(
    "header",
    [
        "Закупки, т/год",
        "Закупки, тыс. т",
        "Закупки (млн шт. в год)",
        "Purchases, k pcs",
        "Purchases, t / year",
        "Menge, t/Jahr",
    ],
)
def test_tonnes_and_pieces_are_no_money_by_the_thousand_or_the_year(header):
    assert CLIENTS.match(header) is None


def test_mm_is_a_million_beside_a_currency():
    assert (CLIENTS.match("Sales, $MM").field, unit_of("Sales, $MM").scale) == ("revenue", 1e6)
    assert unit_of("Width, mm").scale is None


@pytest.mark.parametrize("header", ["Закупки, т.р./год", "Закупки, тыс. руб./год", "Purchases, kEUR / year"])
def test_money_a_year_is_money(header):
    assert CLIENTS.match(header).field == "procurement_budget"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Revenue last year, EUR", "revenue_earlier"),
        ("Sales last year (EUR)", "revenue_earlier"),
        ("Net income, EUR", "margin"),
        ("Revenue last 12 months, EUR", "revenue"),
        ("Потенциал в год, тыс. руб.", "procurement_budget"),
    ],
)
def test_a_unit_does_not_change_what_a_header_names(header, field):
    assert Matcher(CLIENT_FIELDS | OTHER_FIELDS).match(header).field == field
