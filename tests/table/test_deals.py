"""A CRM's list of deals: columns by their names in many programs; nothing is lost without a word."""

from datetime import date
from math import fsum

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.deals import Deal, DealsUnreadableError, money, read_deals, stage_of
from kam_xl.table.errors import HeaderNotFoundError, SeveralCurrenciesError

HUBSPOT = (
    "Record ID,Deal Name,Associated Company,Amount,Deal Stage,Deal probability,Close Date,Deal owner\n"
    '901,Valves,Nord,"1,500.50",Contract Sent,0.8,2026-12-15,Ann\n'
)
PIPEDRIVE = (
    "Deal - Title,Deal - Organization,Deal - Value,Deal - Probability,Deal - Stage,Deal - Status,"
    "Deal - Expected close date,Deal - Owner\nValves,Nord,1500.50,80,Negotiations Started,Open,2026-12-15,Ann\n"
)
SALESFORCE = (
    "Opportunity Name,Account Name,Amount,Probability (%),Stage,Close Date,Opportunity Owner\n"
    "Valves,Nord,1500.50,80%,Negotiation/Review,12/15/2026,Ann\n"
)
BITRIX = (
    "ID;Название;Компания;Сумма;Вероятность, %;Стадия;Предполагаемая дата закрытия;Ответственный\n"
    "901;Valves;Nord;1 500,50;80;Переговоры;15.12.2026;Ann\n"
)
DEAL = Deal("", "Nord", "Valves", 1500.5, 0.8, "negotiation", date(2026, 12, 15), "Ann")


@pytest.fixture
def deals(text_file):
    """Read a list of deals from its text."""

    def read(text, **options):
        path = text_file("deals.csv", text)
        return read_deals(path, **options)

    return read


@pytest.mark.parametrize("text", [HUBSPOT, PIPEDRIVE, SALESFORCE, BITRIX], ids=["hubspot", "pipedrive", "sf", "bitrix"])
def test_exports_of_every_crm_say_the_same(deals, text):
    assert list(deals(text).deals) == [DEAL]


def test_bad_cells_are_told_all_at_once_and_nothing_is_read(deals):
    text = "Deal,Company,Amount,Probability,Close date\nA,Nord,many,40%,2026-12-15\nB,Nord,5,140%,someday\n"
    with pytest.raises(DealsUnreadableError, match=r"3 cells .* C2 [^\"]*\(.many.\), D3 .*140%.* E3 .*someday"):
        deals(text)


def test_dates_that_can_be_read_in_two_ways_are_refused_unless_another_date_or_the_language_decides(deals):
    with pytest.raises(DealsUnreadableError, match=r"1 cell .* D2 the day or the month may come first .*03/04/2026"):
        deals("Deal,Company,Amount,Close date\nA,Nord,5,03/04/2026\nB,Nord,5,05/05/2026\n")
    american = deals("Deal,Company,Amount,Close date\nA,Nord,5,03/04/2026\nB,Nord,5,12/31/2026\n").deals
    russian = deals("Сделка;Компания;Сумма;Дата закрытия\nA;Nord;5;03/04/2026\n").deals
    assert [deal.when for deal in (*american, *russian)] == [date(2026, 3, 4), date(2026, 12, 31), date(2026, 4, 3)]


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ("Q4 2026", date(2026, 12, 31)),
        ("февраль 2028", date(2028, 2, 29)),
        ("2026", date(2026, 12, 31)),
        ("Fiscal 2026 Q3", date(2026, 9, 30)),
        ("H1 2026", date(2026, 6, 30)),
    ],
)
def test_a_deal_that_closes_in_a_part_of_a_year_is_dated_its_last_day_and_that_is_told(deals, when, last):
    given = deals(f"Deal,Company,Amount,Close date\nA,Nord,5,{when}\nB,Nord,5,2026-12-15\n")
    assert [deal.when for deal in given.deals] == [last, date(2026, 12, 15)]
    told = [note.render() for note in given.notes]
    assert told[0] == "Deals that close in a month, a quarter or a year are dated its last day."
    assert any("fiscal years" in note for note in told) is ("Fiscal" in when)


@pytest.mark.parametrize(
    ("title", "cells", "shares", "told"),
    [
        ("Probability", ("1", "0.5"), (1.0, 0.5), "shares"),
        ("Probability", ("1", "50"), (0.01, 0.5), "percentages"),
        ("Probability (%)", ("1", "0"), (0.01, 0.0), "percentages"),
        ("Probability", ("1", "50%"), (1.0, 0.5), "shares"),
    ],
)
def test_a_column_of_probabilities_is_of_percentages_or_of_shares_and_that_is_told(deals, title, cells, shares, told):
    found = deals(f"Deal,Company,Amount,{title}\nA,Nord,5,{cells[0]}\nB,Nord,5,{cells[1]}\n")
    assert tuple(deal.probability for deal in found.deals) == shares
    assert [told in note.message for note in found.notes] == [True]


def test_a_probability_shown_as_a_percentage_is_one_beside_percentages(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Deal Name", "Company", "Amount", "Probability"],
        ["Valves", "Nord", 5, 40],
        ["Pumps", "Nord", 5, 0.4],
    ):
        book.active.append(row)
    book.active["D3"].number_format = "0%"
    book.save(tmp_path / "deals.xlsx")
    assert [deal.probability for deal in read_deals(tmp_path / "deals.xlsx").deals] == [0.4, 0.4]


def test_a_share_among_percentages_is_refused(deals):
    with pytest.raises(DealsUnreadableError, match=r"D3 this may be a percentage or a share"):
        deals("Deal,Company,Amount,Probability\nA,Nord,5,40\nB,Nord,5,0.5\n")


@pytest.mark.parametrize("header", ["Currency", "Currency of the tender", "In"])
def test_currencies_are_never_added_up(deals, header):
    text = f"Deal,Company,Amount,{header}\nA,Nord,5,EUR\nB,Nord,7,USD\n"
    with pytest.raises(SeveralCurrenciesError, match=r"EUR 5.*USD 7"):
        deals(text)
    found = deals(text, currency="EUR")
    assert (money(found.deals), money(found.left_out["other_currency"])) == (5, 7)


def test_a_currency_is_one_however_it_is_written(deals):
    text = "Deal,Company,Amount,Currency\nA,Nord,5,руб.\nB,Nord,7,RUB\n"
    assert [deal.currency for deal in deals(text).deals] == ["RUB", "RUB"]
    assert money(deals(text, currency="руб").deals) == 12


def test_what_is_no_list_of_deals_is_refused_with_its_header(deals):
    with pytest.raises(HeaderNotFoundError, match="Client, Revenue"):
        deals("Client,Revenue\nNord,5\n")


_NAMES = st.sampled_from(["Nord", "Süd", "", "Total"])


@given(st.lists(st.tuples(_NAMES, _NAMES, st.integers(0, 10**9)), min_size=1, max_size=12))
def test_what_was_read_and_what_was_left_out_is_the_file_to_the_cent(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("deals") / "deals.csv"
    lines = ["Deal,Company,Amount", "First,Nord,0.01"]
    path.write_text("\n".join([*lines, *(f"{what},{who},{cents / 100:.2f}" for what, who, cents in rows)]), "utf-8")
    found = read_deals(path)
    parts = [money(found.deals), *map(money, found.left_out.values())]
    assert fsum(parts) == pytest.approx(0.01 + fsum(cents / 100 for *_, cents in rows), abs=0.005)


STAGES_OF_CRMS = {
    "amoCRM": (
        "Неразобранное lead, Первичный контакт lead, Переговоры negotiation, Принимают решение negotiation, "
        "Согласование договора negotiation, Успешно реализовано won, Закрыто и не реализовано lost, "
        "Incoming leads lead, Initial contact lead, Offer made proposal, Decision making negotiation, "
        "Contract discussion negotiation, Closed - won won, Closed - lost lost"
    ),
    "Bitrix24": (
        "Новая lead, Подготовка документов proposal, Счёт на предоплату negotiation, Финальный счёт negotiation, "
        "Сделка успешна won, Сделка провалена lost, Анализ причины провала lost, Prepare documents proposal, "
        "Prepayment invoice negotiation, Final invoice negotiation, Deal won won, Deal lost lost, Analyze failure lost"
    ),
    "HubSpot": (
        "Appointment scheduled lead, Qualified to buy qualified, Presentation scheduled proposal, "
        "Decision maker bought-in negotiation, Contract sent negotiation, Closed won won, Closed lost lost"
    ),
    "Salesforce": (
        "Prospecting lead, Qualification qualified, Needs Analysis qualified, Value Proposition qualified, "
        "Id. Decision Makers qualified, Perception Analysis qualified, Proposal/Price Quote proposal, "
        "Negotiation/Review negotiation, Closed Won won, Closed Lost lost"
    ),
    "Pipedrive": (
        "Qualified qualified, Contact Made lead, Demo Scheduled proposal, Proposal Made proposal, "
        "Negotiations Started negotiation, Квалифицирован qualified, Контакт установлен lead, "
        "Демо запланирована proposal, Предложение сделано proposal, Начаты переговоры negotiation"
    ),
    "Dynamics": "Qualify qualified, Develop qualified, Propose proposal",
    "1C": (
        "Первичный интерес lead, Квалификация qualified, Выявление потребностей qualified, "
        "Подготовка предложения proposal, Презентация proposal, Согласование условий negotiation, "
        "Подготовка договора negotiation, Заключение договора negotiation"
    ),
    "others": (
        "КП proposal, КП отправлено proposal, Отправлено КП proposal, Договор на согласовании negotiation, "
        "Tender proposal, Тендер proposal, Тендер проигран lost, Тендер выигран won, Proposal sent proposal, "
        "Негласно договорились negotiation, Договор подписан won, Договор не подписан negotiation, "
        "Contract signed won, Contract not signed negotiation, Счёт выставлен negotiation"
    ),
}


@pytest.mark.parametrize("crm", STAGES_OF_CRMS)
def test_the_stages_of_common_crms_are_known(crm):
    stages = dict(pair.strip().rsplit(" ", 1) for pair in STAGES_OF_CRMS[crm].split(","))
    assert {word: stage_of(word) for word in stages} == stages


@pytest.mark.parametrize(
    ("title", "basis"), [("Amount incl. VAT", "gross"), ("Amount, net of VAT", "net"), ("Amount", "")]
)
def test_a_list_of_deals_says_what_its_amounts_say_about_vat(deals, title, basis):
    assert deals(f'Deal,Company,"{title}"\nA,Nord,5\n').vat[0] == basis
