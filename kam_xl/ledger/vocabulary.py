"""The words that people use in ledgers, in English and Russian: data only. See `kam_xl.table.vocabulary`."""

from __future__ import annotations

from kam_xl.table.vocabulary import CLIENT_FIELDS


def _split(variants: str) -> tuple[str, ...]:
    return tuple(" ".join(variant.split()) for variant in variants.split(","))


_DATE = _split("""
    date, payment date, invoice date, posting date, transaction date, document date, date paid, paid date, paid on,
    date of payment, date of invoice, pay date, booking date, shipment date, period, month,
    дата, дата документа, дата оплаты, дата платежа, дата отгрузки, дата счёта, дата реализации, дата накладной,
    дата проводки, дата операции, дата договора, дата контракта, дата заключения, период, месяц
""")
_AMOUNT = _split("""
    amount, net amount, value, sum, total, paid, spend, amount paid, payment amount, invoice amount, net value,
    gross amount, gross, net, price, transaction amount, line amount, payment,
    сумма, стоимость, цена контракта, сумма контракта, сумма договора, сумма платежа, сумма оплаты, сумма документа,
    оплачено, сумма счёта, сумма отгрузки, сумма реализации, цена, сумма итого
""")
_NUMBER = _split("""
    number, invoice no, invoice number, document no, document number, transaction no, transaction number, payment no,
    payment number, reference no, voucher, voucher number, doc no, invoice,
    номер, номер документа, № документа, номер счёта, № счёта, номер платежа, № п/п, номер накладной, № накладной,
    номер контракта, номер договора, реестровый номер, документ
""")
_CATEGORY = _split("""
    category, product group, product, product category, goods group, item group, expenditure type, expense type,
    expenditure category, spend category, purchase category, description, commodity, service,
    категория, товарная группа, номенклатурная группа, группа товаров, группа, группа номенклатуры, вид расходов,
    вид номенклатуры, номенклатура, статья, статья расходов, предмет, предмет закупки, окпд, окпд2, товар, услуга
""")
_CURRENCY = _split("currency, currency code, ccy, валюта, код валюты, вал")
_VAT = _split("""
    vat basis, vat, price basis, vat treatment, with vat, vat included,
    ндс, база ндс, учёт ндс, с ндс или без, ндс включён, признак ндс
""")
_BUYER = _split("""
    buyer, buyer name, purchaser, purchaser name, body, body name, department, department family, authority, entity,
    payer, organisation name, public body, service area,
    заказчик, наименование заказчика, покупатель, плательщик, наименование покупателя, получатель товара
""")
_BUYER_ID = _split("""
    buyer id, buyer no, buyer number, buyer code, payer id, entity code, body code, department code,
    инн заказчика, инн покупателя, инн плательщика, код заказчика, код покупателя
""")
_SUPPLIER = _split("""
    supplier, supplier name, vendor, vendor name, payee, payee name, beneficiary, beneficiary name, creditor, seller,
    seller name, contractor, merchant, merchant name,
    поставщик, наименование поставщика, продавец, исполнитель, подрядчик, получатель, получатель платежа,
    получатель средств, победитель, кредитор, организация поставщик
""")
_SUPPLIER_ID = _split("""
    company no, company number, supplier id, supplier no, supplier number, supplier code, vendor id, vendor no,
    vendor number, vendor code, registration number, company registration number, supplier vat number, payee id,
    инн поставщика, инн исполнителя, инн получателя, инн продавца, код поставщика, огрн поставщика, инн
""")

MARKET_FIELDS: dict[str, tuple[str, ...]] = {
    "date": _DATE,
    "amount": _AMOUNT,
    # Suppliers before clients: in a list of purchases a bare "company no" or "ИНН" is the supplier's.
    "supplier": _SUPPLIER,
    "supplier_id": _SUPPLIER_ID,
    "client": _BUYER + CLIENT_FIELDS["client"],
    "client_id": _BUYER_ID + CLIENT_FIELDS["client_id"],
    "category": _CATEGORY,
    "number": _NUMBER,
    "currency": _CURRENCY,
    "vat": _VAT,
}

INVOICE_FIELDS: dict[str, tuple[str, ...]] = {
    "date": _DATE,
    "amount": CLIENT_FIELDS["revenue"] + _AMOUNT,
    "client": CLIENT_FIELDS["client"] + _BUYER,
    "client_id": CLIENT_FIELDS["client_id"] + _BUYER_ID + ("инн",),
    "cost": _split("""
        cost, cost of sales, cost of goods sold, cogs, direct cost, direct costs, cost amount, purchase price,
        себестоимость, себестоимость продаж, прямые затраты, затраты, закупочная стоимость, сумма закупки
    """),
    "margin": CLIENT_FIELDS["margin"],
    "category": _CATEGORY,
    "number": _NUMBER,
    "currency": _CURRENCY,
    "vat": _VAT,
}

# What a cell or a header says of VAT, without spaces and punctuation.
VAT_EXCLUDED = frozenset(
    ("безндс", "excl", "exclvat", "excludingvat", "exvat", "net", "netofvat", "withoutvat", "no", "нет", "безналога")
)
VAT_INCLUDED = frozenset(
    ("сндс", "incl", "inclvat", "includingvat", "gross", "withvat", "yes", "да", "вклндс", "вклчндс", "втчндс")
)
