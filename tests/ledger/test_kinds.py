"""Kinds of columns and reports that change what the rows of a ledger are worth: each gives its truth and is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import ColumnsError, MixedBasisError, NothingFoundError, RecipeError, SourceError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe

# File to its text, the revenue of each client, and what must be told: codes of findings, reasons, words of a message.
KINDS: dict[str, tuple[str, dict[str, float], list[str]]] = {
    "void.csv": ("Date,Customer,Amount,Void\n2026-01-05,Alfa,5,No\n2026-01-06,Alfa,7,Yes\n", {"Alfa": 5}, ["void"]),
    "cancelled_at.csv": (
        "Date,Customer,Amount,Cancelled at\n2026-01-05,Alfa,5,\n2026-01-06,Beta,7,2026-01-07\n2026-01-06,Beta,1,\n",
        {"Alfa": 5, "Beta": 1},
        ["cancelled or void"],
    ),
    "refunded.csv": (
        "Date,Customer,Amount,Financial Status\n2026-01-05,Alfa,5,paid\n2026-01-06,Alfa,7,refunded\n"
        "2026-01-07,Alfa,3,partially_refunded\n",
        {"Alfa": 8},
        ["status refunded"],
    ),
    "accounts.csv": (
        "Date,Account,Name,Debit,Credit\n2026-01-05,4000 Sales,Alfa,,100\n2026-01-05,4010 Service,Alfa,,10\n"
        "2026-01-06,5000 Cost of sales,Alfa,40,\n2026-01-07,6000 Rent,House,30,\n",
        {"Alfa": 110},
        ["account 5000 Cost of sales", "account 6000 Rent"],
    ),
    "bank.csv": (
        "Buchungstag;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer;BLZ;Betrag;Waehrung\n"
        "15.01.26;GUTSCHRIFT;RE 1;Alfa;DE99;X;1.190,00;EUR\n16.01.26;LASTSCHRIFT;Miete;Haus;DE98;X;-500,00;EUR\n",
        {"Alfa": 1190},
        ["payments made, not received", "bank statement"],
    ),
    "discount_money.csv": (
        "Date,Client,Qty,Unit price,Discount\n2026-01-05,Alfa,10,10,1\n2026-01-06,Alfa,5,10,0\n",
        {"Alfa": 149},
        ["Discounts are read as money"],
    ),
    "discount_share.csv": (
        "Date,Client,Qty,Unit price,Discount\n2026-01-05,Alfa,10,10,1\n2026-01-06,Alfa,5,10,0.1\n",
        {"Alfa": 45},
        ["Discounts are read as shares"],
    ),
    "discount_beside.csv": (
        "Date,Client,Amount,Discount\n2026-01-05,Alfa,100,10\n",
        {"Alfa": 100},
        ["are not subtracted"],
    ),
    "thousands.csv": (
        "Выручка, тыс. руб.;;\nДата;Клиент;Сумма\n15.01.2026;Альфа;1,5\n16.01.2026;Бета;2\n",
        {"Альфа": 1500, "Бета": 2000},
        ["1 in the amounts is 1,000, as"],
    ),
    "total_in_currency.csv": (
        "Invoice date,Partner name,Tax excluded in currency,Total in currency\n"
        "2026-01-15,Alfa,100,121\n2026-02-20,Beta,50,60\n",
        {"Alfa": 100, "Beta": 50},
        [],
    ),
    "periods_of_sap.csv": (
        "Fiscal year/period;Customer;Net sales\n001.2026;Alfa;100\n002.2026;Alfa;50\n",
        {"Alfa": 150},
        [],
    ),
    "scenario.csv": (
        "Month,Customer,Scenario,Amount\n2026-01,Alfa,Actual,100\n2026-01,Alfa,Budget,120\n2026-02,Beta,Forecast,30\n"
        "2026-02,Beta,Actual,20\n",
        {"Alfa": 100, "Beta": 20},
        ["not actual figures: Budget", "not actual figures: Forecast"],
    ),
    "expenses.csv": (
        "Дата;Тип операции;Контрагент;Сумма\n05.01.2026;Доход;Альфа;100\n06.01.2026;Расход;Аренда;70\n",
        {"Альфа": 100},
        ["documents that are not sales: Расход"],
    ),
    "months_of_germany.csv": (
        "Monat;Kunde;Umsatz\nJanuar 2026;Alfa;100\nMärz 2026;Beta;20\n",
        {"Alfa": 100, "Beta": 20},
        [],
    ),
    "billing_types_of_sap.csv": (
        "Faktura;Fakturaart;Fakturadatum;Regulierer;Nettowert\n1;F2;05.01.2026;Alfa;100\n2;F2;06.01.2026;Alfa;50\n"
        "3;RE;07.01.2026;Alfa;10\n4;G2;08.01.2026;Alfa;5\n5;S1;09.01.2026;Alfa;50\n",
        {"Alfa": 85},
        ['Documents of the kind "G2", "RE", "S1" are subtracted'],
    ),
    "returns_of_sap_by_header.csv": (
        "Billing Type,Billing Date,Payer,Net value\nZINV,2026-01-05,Alfa,100\nZINV,2026-01-06,Alfa,50\n"
        "RE,2026-01-07,Alfa,10\n",
        {"Alfa": 140},
        ['Documents of the kind "RE" are subtracted'],
    ),
    "returns_of_sap_beside_credits.csv": (
        "Type,Date,Customer,Amount\nZINV,2026-01-05,Alfa,100\nG2,2026-01-06,Alfa,50\nRE,2026-01-07,Alfa,10\n",
        {"Alfa": 40},
        ['Documents of the kind "G2", "RE" are subtracted'],
    ),
    "returns_or_invoices.csv": (
        "Type,Date,Customer,Amount\nZINV,2026-01-05,Alfa,100\nRE,2026-01-07,Alfa,10\n",
        {"Alfa": 110},
        ['Documents of the kind "RE" count as sales'],
    ),
    "only_re.csv": (
        "Fakturaart;Datum;Kunde;Nettobetrag\nRE;05.01.2026;Alfa;100\nRE;06.01.2026;Alfa;50\n",
        {"Alfa": 150},
        ['Documents of the kind "RE" count as sales'],
    ),
    "signed_returns.csv": (
        "Billing Type,Billing Date,Payer,Net value\nZINV,2026-01-05,Alfa,100\nRE,2026-01-07,Alfa,-10\n",
        {"Alfa": 90},
        [],
    ),
    "returns_beside_signed_credits.csv": (
        "Type,Date,Customer,Amount\nF2,2026-01-05,Alfa,100\nG2,2026-01-06,Alfa,-50\nRE,2026-01-07,Alfa,10\n",
        {"Alfa": 60},
        ['Documents of the kind "RE" count as sales'],
    ),
    "re_as_rechnung.csv": (
        "Beleg;Belegart;Belegdatum;Kunde;Nettobetrag\n1;RE;05.01.2026;Alfa;100\n2;Gutschrift;06.01.2026;Alfa;50\n",
        {"Alfa": 50},
        ['Documents of the kind "Gutschrift" are subtracted'],
    ),
    "credit_column.csv": (
        "Datum;Kunde;Rechnungsbetrag;Gutschriftsbetrag\n05.01.2026;Alfa;100;0\n06.01.2026;Alfa;0;30\n",
        {"Alfa": 70},
        ["Refunds", "30 were refunded"],
    ),
    "returns.csv": (
        "Date,Client,Revenue,Returns\n2026-01-05,Alfa,100,20\n2026-01-06,Alfa,50,-5\n",
        {"Alfa": 125},
        ["Refunds"],
    ),
    "tax_inside.csv": (
        "Дата;Контрагент;Сумма;НДС\n05.01.2026;Ромашка;1200,00;200,00\n06.01.2026;Лютик;60,06;10,01\n",
        {"Ромашка": 1200, "Лютик": 60.06},
        ['The amounts in "Сумма" hold the tax in "НДС"'],
    ),
    "tax_beside.csv": (
        "Date,Client,Amount,Tax\n2026-01-05,Alfa,100,19\n2026-01-05,Beta,50,3.5\n",
        {"Alfa": 100, "Beta": 50},
        [],
    ),
    "tax_unknown.csv": (
        "Date,Client,Amount,Tax\n2026-01-05,Alfa,100,20\n",
        {"Alfa": 100},
        ["is not said"],
    ),
    "tax_rate.csv": ("Date,Client,VAT,Gross\n2026-01-05,Alfa,20,240\n2026-01-05,Alfa,20,60\n", {"Alfa": 300}, []),
    "local.csv": (
        "Customer\tPosting Date\tAmount in doc. curr.\tDocument currency\tAmount in local currency\tLocal Currency\n"
        "Alfa\t15.01.2026\t1.200,00\tUSD\t1.000,00\tEUR\nBeta\t16.01.2026\t300,00\tEUR\t300,00\tEUR\n",
        {"Alfa": 1000, "Beta": 300},
        ['from "Amount in local currency"'],
    ),
    "base.csv": (
        "Date,Customer,Amount,Currency,Amount (EUR)\n2026-01-05,Alfa,100,EUR,100\n2026-01-06,Beta,110,USD,99\n",
        {"Alfa": 100, "Beta": 99},
        ["their amounts in EUR count"],
    ),
    "signs.csv": (
        "Date,Client,Qty,Amount\n2026-01-05,Alfa,10,100\n2026-01-06,Alfa,-2,20\n",
        {"Alfa": 120},
        ["signs-differ"],
    ),
    "heads.csv": (
        "Client: Alfa GmbH,,\nDate,Invoice,Amount\n2026-01-05,1,100\nClient: Beta AG,,\nDate,Invoice,Amount\n"
        "2026-01-07,3,70\n",
        {"Alfa GmbH": 100, "Beta AG": 70},
        ["listed below their clients"],
    ),
    "quarters_beside.csv": (
        "Customer,Jan 2026,Feb 2026,Mar 2026,Q1 2026,Q2 2026,Total\nAlfa,10,20,5,35,7,42\nBeta,5,,1,6,1,7\n",
        {"Alfa": 42, "Beta": 7},
        ["side by side"],
    ),
    "margins_beside.csv": (
        "Customer,Jan 2026,Margin Jan 2026,Feb 2026,Margin Feb 2026\nAlfa,10,2,20,5\nBeta,5,1,,\n",
        {"Alfa": 30, "Beta": 5},
        ["side by side"],
    ),
    "months_untitled.csv": (
        "Sales 2026,,\nCustomer,Jan,Feb\nAlfa,10,20\nOthers,1,2\nTotal,11,22\n",
        {"Alfa": 30},
        ['many clients under one name: "Others"'],
    ),
    "row_total.csv": (
        "Customer,Jan 2026,Feb 2026,Total\nAlfa,10,20,35\nBeta,5,,5\n",
        {"Alfa": 30, "Beta": 5},
        ["total-differs"],
    ),
    "sales_2026-02.csv": ("Client,Revenue\nAlfa,10\nTotal,10\n", {"Alfa": 10}, ["2026-02 is taken from the title"]),
    "cents.csv": (
        "Date,Customer,Amount in cents,Currency\n2026-01-15,Alfa,120000,EUR\n2026-02-15,Beta,5050,EUR\n",
        {"Alfa": 1200, "Beta": 50.5},
        ["are in cents"],
    ),
    "kopecks.csv": ("Дата;Клиент;Сумма, коп.\n15.01.2026;Альфа;5050\n", {"Альфа": 50.5}, ["are in cents"]),
    "net_sales.csv": (
        "Date,Customer Name,Gross Sales,Discounts,Net Sales,Fees,Net Total\n2026-01-15,Alfa,100,-10,90,-2,88\n",
        {"Alfa": 90},
        ['from "Net Sales"'],
    ),
    "advances.csv": (
        "Дата;Тип;Контрагент;Сумма\n15.01.2026;Аванс;Альфа;500\n20.01.2026;Реализация;Альфа;1000\n",
        {"Альфа": 1000},
        ["documents that are not sales: Аванс"],
    ),
    "roubles_and_kopecks.csv": ("Дата;Клиент;Сумма, руб. коп.\n15.01.2026;Альфа;50,50\n", {"Альфа": 50.5}, []),
    "bank_sides.csv": (
        "Дата операции;Тип операции;Сумма;Контрагент;Назначение платежа\n15.01.2026;Credit;1200;Альфа;Оплата\n"
        "16.01.2026;Debit;-500;Дом;Аренда\n",
        {"Альфа": 1200},
        ["payments made, not received", "bank statement"],
    ),
    "cancelled_pl.csv": (
        "Data wystawienia;Numer;Nabywca;Wartość netto;Status\n15.01.2026;FV/1;Alfa;1 000,00;Zapłacona\n"
        "20.02.2026;FV/2;Beta;500,00;Anulowana\n",
        {"Alfa": 1000},
        ["status Anulowana"],
    ),
    "kinds_of_sap.csv": (
        "Faktura;Fakturaart;Fakturadatum;Name;Nettowert\n1;F2;15.01.2026;Alfa;100,00\n2;G2;16.01.2026;Alfa;30,00\n",
        {"Alfa": 70},
        [],
    ),
    "kinds_of_xero.csv": (
        "ContactName,InvoiceNumber,InvoiceDate,Total,Type\nAlfa,1,2026-01-15,120,ACCREC\n"
        "Alfa,2,2026-01-16,20,ACCRECCREDIT\nHouse,3,2026-01-17,500,ACCPAY\n",
        {"Alfa": 100},
        ["documents that are not sales: ACCPAY"],
    ),
    "untaxed.csv": (
        "Date,Partner Name,Tax Excluded Signed,Total Signed\n2026-01-15,Alfa,100,121\n",
        {"Alfa": 100},
        ["not from"],
    ),
    "kinds_in_documents.csv": (
        "Дата;Номер;Контрагент;Документ;Сумма\n15.01.2026;1;Альфа;Реализация товаров и услуг УТ-1 от 15.01.2026;1000\n"
        "16.01.2026;2;Альфа;Возврат товаров от покупателя УТ-2 от 16.01.2026;200\n"
        "17.01.2026;3;Альфа;Поступление на р/с 3;500\n18.01.2026;4;Альфа;Оплата № УТ-4;7\n",
        {"Альфа": 800},
        ["not sales: Поступление на р/с", "not sales: Оплата", 'kind "Возврат товаров от покупателя" are subtracted'],
    ),
    "tax_inside_named.csv": (
        "Дата;Контрагент;Сумма;НДС\n15.01.2026;Альфа;1220;в т.ч. 220\n16.01.2026;Альфа;122;в т.ч. 22,00\n"
        "17.01.2026;Бета;50;\n",
        {"Альфа": 1342, "Бета": 50},
        ["do not say whether they include VAT; with VAT was assumed"],
    ),
    "kinds_of_recorders.csv": (
        "Период;Контрагент;Регистратор;Сумма\n15.01.2026;Альфа;Отгрузка УТ-1;1000\n16.01.2026;Альфа;Возврат УТ-2;200\n",
        {"Альфа": 800},
        ['kind "Возврат" are subtracted'],
    ),
    "kinds_in_numbers.csv": (
        "Date,Customer,Document,Amount\n2026-01-05,Alfa,Invoice 1,100\n2026-01-06,Alfa,Credit note CN-2,30\n"
        "2026-01-07,Alfa,Payment 3,50\n",
        {"Alfa": 70},
        ["not sales: Payment", 'kind "Credit note" are subtracted'],
    ),
    "numbers_of_receipts.csv": (
        "Date,Customer,Document,Amount\n2026-01-05,Alfa,INV-1,100\n2026-01-06,Alfa,SR-2,30\n2026-01-07,Alfa,PC 3,5\n",
        {"Alfa": 135},
        [],
    ),
    "card.csv": (
        "Период;Документ;Контрагент;Дебет;Кредит;Сальдо\n15.01.2026;Реализация 1 от 15.01.2026;Альфа;1000,00;;1000,00\n"
        "20.01.2026;Поступление на расчетный счет 1 от 20.01.2026;Альфа;;1500,00;-500,00\n",
        {"Альфа": 1000},
        ["documents that are not sales: Поступление на расчетный счет"],
    ),
    "card_sides.csv": (
        "Карточка счета 62\nПериод;Документ;Аналитика Дт;Аналитика Кт;Дебет;;Кредит;;Текущее сальдо\n"
        ";;;;Счет;;Счет;;\nСальдо на начало;;;;;;;;\n"
        "15.01.2026;Реализация 1;Альфа;Товары;62.01;1200;90.01.1;;1200\n"
        "20.01.2026;Поступление 1;Банк;Альфа;51;;62.01;1500;-300\n"
        "10.02.2026;Реализация 2;Бета;Товары;62.01;800;90.01.1;;500\nОбороты за период;;;;;2000;;1500;\n",
        {"Альфа": 1200, "Бета": 800},
        ["card of an account"],
    ),
    "sums_above.csv": (
        "Контрагент / Документ;Дата;Сумма\nАльфа;;300\nРеализация 1;15.01.2026;100\nРеализация 2;16.01.2026;200\n"
        "Бета;;50\nРеализация 3;17.02.2026;50\nИтого;;350\n",
        {"Альфа": 300, "Бета": 50},
        ["listed below their clients: 2 groups", "totals"],
    ),
    "sums_above_wrong.csv": (
        "Контрагент;Дата;Документ;Выручка\nАльфа;;;310\n;15.01.2026;Реализация 1;100\n;16.01.2026;Реализация 2;200\n",
        {"Альфа": 300},
        ["total-differs"],
    ),
    "deals.csv": (
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company\n"
        "1,Pumps,Closed Won,2026-01-15,1000,Alfa\n2,Valves,Contract Sent,2026-05-15,500,Beta\n",
        {"Alfa": 1000},
        ["deals at the stage Contract Sent"],
    ),
    "ruled.csv": (
        "|Customer|Posting Date|Amount|\n|--------|------------|------|\n|Alfa|15.01.2026|12,00|\n|*||12,00|\n",
        {"Alfa": 12},
        ["totals"],
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_gives_its_truth_and_tells_what_was_chosen(write, name):
    text, revenue, said = KINDS[name]
    found = import_invoices(Where([write(name, text)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    told = " ".join(
        [
            *(f"{each.code} {each.message.render()}" for each in found.findings),
            *(each.reason.render() for each in found.left_out),
        ]
    )
    assert {each.client: float(each.revenue) for each in found.clients} == pytest.approx(revenue)
    assert [each for each in said if each not in told] == []
    assert found.used.rows + sum(each.rows for each in found.left_out) == found.read.rows


@pytest.mark.parametrize(("currency", "revenue"), [("USD", {"Alfa": 1500, "Beta": 200}), ("RUB", {"Alfa": 1500})])
def test_a_currency_that_few_rows_name_is_not_that_of_the_others(write, currency, revenue):
    where = Where([write("few.csv", "Дата;Клиент;Сумма\n15.01.2026;Alfa;1,5 тыс.\n16.01.2026;Beta;$200\n")])
    options = ImportOptions(today=date(2026, 11, 28))
    with pytest.raises(MixedBasisError, match=r"1 rows \(1,500\) give no currency, only 1 are in USD"):
        import_invoices(where, Recipe(), options)
    found = import_invoices(where, Recipe(currency=currency), options)
    assert {each.client: float(each.revenue) for each in found.clients} == revenue


CHARGES = (
    "id,amount,currency,created,customer\nch_1,120000,eur,2026-01-15 10:22:11,Alfa\nch_2,5050,eur,2026-02-15,Beta\n"
)


@pytest.mark.parametrize(("cents", "alfa", "beta"), [("yes", 1200, 50.5), ("no", 120000, 5050)])
def test_whole_amounts_of_a_payment_service_are_cents_only_where_the_user_says_so(write, cents, alfa, beta):
    path, options = write("charges.csv", CHARGES), ImportOptions(today=date(2026, 11, 28))
    with pytest.raises(RecipeError, match="may be in cents"):
        import_invoices(Where([path]), Recipe(), options)
    found = import_invoices(Where([path]), Recipe(cents=cents), options)
    assert {each.client: float(each.revenue) for each in found.clients} == {"Alfa": alfa, "Beta": beta}


def test_dates_without_a_year_are_of_the_period_and_refused_without_one(write):
    path = write("own.csv", "Datum;Kunde;Betrag\n1501;Alfa;1\n2002;Beta;2\n")
    options = ImportOptions(today=date(2026, 11, 28))
    with pytest.raises(RecipeError, match="--period"):
        import_invoices(Where([path]), Recipe(), options)
    found = import_invoices(Where([path]), Recipe(period="2026"), options)
    assert [(each.client, float(each.revenue)) for each in found.clients] == [("Alfa", 1), ("Beta", 2)]


def test_files_that_lack_the_same_columns_are_told_once_others_with_the_way_one_by_one(write):
    one, two = (
        write("a.csv", "Wann,Wer,Wieviel\n2026-01-05,Alfa,5\n"),
        write("b.csv", "Wann,Wer,Wieviel\n2026-01-06,A,7\n"),
    )
    other, options = write("c.csv", "Day,Whom,How much\n2026-01-05,Alfa,5\n"), ImportOptions(today=date(2026, 11, 28))
    with pytest.raises(ColumnsError) as alike:
        import_invoices(Where([one, two]), Recipe(), options)
    assert str(alike.value).startswith("a.csv, b.csv: columns were not found")
    assert str(alike.value).count("The headers are") == 1
    with pytest.raises(SourceError, match="--into WORKBOOK --append"):
        import_invoices(Where([one, other]), Recipe(), options)


OPEN_DEALS = (
    "Deal Name,Stage,Close Date,Amount,Company\nPumps,Pilot,2026-01-15,1000,Alfa\nValves,Offer,2026-02-15,500,Beta\n"
)


def test_deals_of_which_none_was_won_are_no_sales_unless_the_user_says_so(write):
    path, options = write("deals.csv", OPEN_DEALS), ImportOptions(today=date(2026, 11, 28))
    with pytest.raises(NothingFoundError, match="import opportunities"):
        import_invoices(Where([path]), Recipe(), options)
    found = import_invoices(Where([path]), Recipe(where=("Stage=Pilot",)), options)
    assert [(each.client, float(each.revenue)) for each in found.clients] == [("Alfa", 1000)]


def test_amounts_in_local_currency_never_bear_the_code_of_the_document(write):
    text = "Date;Customer;Currency Code;Amount (LCY)\n05.01.26;Alfa;USD;100\n06.01.26;Beta;;50\n"
    found = import_invoices(Where([write("nav.csv", text)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    assert found.currency == ""


def test_an_archive_of_a_mac_holds_no_more_than_its_tables(write):
    import zipfile

    path = Path(write("x", "")).with_name("two.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "Date,Client,Amount\n2026-01-05,Alfa,1\n")
        archive.writestr("__MACOSX/._a.csv", "\0\x05\x16")
    found = import_invoices(Where([str(path)]), Recipe(), ImportOptions(today=date(2026, 11, 28)))
    assert [(each.client, float(each.revenue)) for each in found.clients] == [("Alfa", 1)]
