"""The words that people use in client tables, in English and Russian: data only.

Case, ё/е, punctuation, spaces, units and years do not matter here; `kam_xl.table.matching` compares without them.
"""

from __future__ import annotations

from kam_xl.domain.model import BudgetBasis, Labelled, Position, Potential, Stance


def _split(variants: str) -> tuple[str, ...]:
    return tuple(" ".join(variant.split()) for variant in variants.split(","))


# Earlier variants win where two columns of a table match one field.
CLIENT_FIELDS: dict[str, tuple[str, ...]] = {
    "client_id": _split("""
        client id, client code, client no, client number, customer id, customer code, customer no, customer number,
        account id, account code, account no, account number, id, code, company id, company no, tax id, tin, vat id,
        vat number, id crm, crm id,
        код клиента, id клиента, ид клиента, идентификатор клиента, номер клиента, № клиента, код контрагента, id
        контрагента, код заказчика, id заказчика, код покупателя, код партнёра, идентификатор, код, ид, код в 1с, инн,
        инн клиента, инн контрагента, инн заказчика, инн покупателя, инн / кпп, огрн, унп, бин
    """),
    "client": _split("""
        client, client name, customer, customer name, account, account name, company, company name, buyer, clients,
        customers, name of client, name of customer, partner, organisation, organization, name,
        клиент, клиенты, наименование клиента, название клиента, имя клиента, контрагент, наименование контрагента,
        название контрагента, заказчик, наименование заказчика, покупатель, название заказчика, наименование
        покупателя, компания, название компании, наименование компании, компания клиент, организация, наименование
        организации, название организации, партнёр, предприятие, юридическое лицо, юрлицо, потребитель, наименование,
        название
    """),
    "revenue": _split("""
        revenue, sales, turnover, income, sales revenue, revenue from client, sales to client, revenues, invoiced,
        billings, net sales, net revenue, sales volume, sales amount, revenue amount, shipments, our revenue, our
        sales, customer revenue, client revenue,
        выручка, доход, доходы, продажи, оборот, объём продаж, объём реализации, реализация, отгрузка, отгрузки,
        отгружено, выручка от клиента, выручка по клиенту, доход от клиента, продажи клиенту, выручка от реализации,
        выручка от продаж, сумма продаж, сумма реализации, сумма отгрузки, сумма отгрузок, наша выручка, наши продажи,
        наш доход, выручка клиента, объём отгрузок, поступления
    """),
    "procurement_budget": _split("""
        procurement budget, budget, purchasing potential, wallet, wallet size, client budget, customer budget,
        total spend, purchasing budget, purchase budget, procurement spend, procurement, purchases, client spend,
        customer spend, spend,
        customer wallet, client wallet, total wallet, addressable spend, procurement volume, purchasing volume, it
        budget, it spend, annual spend, category spend,
        бюджет закупок, закупочный бюджет, бюджет, потенциал закупок, закупочный потенциал,
        бюджет на закупки, бюджет клиента, объём закупок, бюджет закупок
        клиента, закупки, закупки клиента, объём закупок клиента, сумма закупок, ёмкость клиента, ёмкость, кошелёк,
        кошелёк клиента, бюджет заказчика, общий бюджет закупок, затраты на закупки, расходы на закупки, потребность,
        потребность клиента, ит-бюджет, бюджет на ит, весь бюджет закупок, общий объём закупок, закупочный бюджет
        клиента
    """),
    "competitor_revenue": _split("""
        competitor revenue, competitors revenue, competitor sales, competitors sales, competitors, revenue of
        competitors, sales of competitors, competitor spend, competitor share of wallet amount, competitor income,
        competitors income, competition revenue, competition, spend with competitors,
        доход конкурентов, доходы конкурентов, выручка конкурентов, продажи конкурентов, конкуренты, закупки у
        конкурентов, покупки у конкурентов, объём конкурентов, отгрузки конкурентов, оборот конкурентов, доля
        конкурентов в деньгах, сумма конкурентов, сумма у конкурентов, объём продаж конкурентов, объём закупок у
        конкурентов
    """),
    "margin": _split("""
        margin, gross margin, contribution margin, gross profit, contribution, profit, margin amount,
        маржинальный доход, маржа, маржинальная прибыль, валовая прибыль, валовая маржа, валовый доход, валовой доход,
        маржинальность в деньгах, сумма маржи, прибыль, мд
    """),
    "sales_plan": _split("""
        sales plan, plan, sales target, target, revenue plan, planned revenue, planned sales, quota, sales budget,
        operational plan, plan sales, plan revenue, revenue target, target revenue,
        план продаж, план, оперативный план, план выручки, плановая выручка, план по выручке, плановые продажи,
        выручка план, продажи план, план отгрузок, план доходов, плановый доход, план по клиенту, план реализации
    """),
    "industry": _split("""
        industry, sector, vertical, segment, branch, line of business, industry sector, market,
        отрасль, индустрия, отрасль клиента, сектор, вертикаль, сегмент, вид деятельности, сфера деятельности, отрасль
        экономики, вертикальный рынок, рынок
    """),
    "territory": _split("""
        territory, region, country, city, area, location, district, sales region,
        территория, регион, город, страна, область, регион клиента, федеральный округ, округ, субъект рф,
        местоположение, филиал
    """),
    "manager": _split("""
        manager, account manager, key account manager, kam, owner, account owner, responsible, sales manager, sales
        rep, sales representative, salesperson, responsible manager,
        менеджер, ответственный, ответственный менеджер, аккаунт-менеджер, куратор, кам, менеджер по продажам,
        менеджер клиента, менеджер по клиенту, менеджер по ключевым клиентам, ответственный за клиента, продавец, фио
        менеджера, персональный менеджер
    """),
    "reference": _split("""
        reference, reference client, reference customer, reference account, reference value, referenceable,
        referenceability, reference level, reference score, reference mark, reputation,
        референс, референсный, референсный клиент, референс-клиент, референсность, референция, референтность,
        референтный, референтный клиент, рекомендация, рекомендатель, опорный клиент, имиджевый, имиджевый клиент,
        репутация, знаковый клиент, рекомендательный клиент, уровень референсности, оценка референсности, балл
        референсности, известность
    """),
    "expertise": _split("""
        expertise, expert, demanding, expert client, expertise client, expertise level, expertise score, expertise mark,
        competence, competent, demanding client, demanding customer,
        экспертиза, эксперт, экспертный, экспертный клиент, компетентный, компетентность, требовательный,
        требовательность, клиент-эксперт, требовательный клиент, уровень экспертизы, оценка
        экспертизы, балл экспертизы, компетенция, экспертность
    """),
    "budget_basis": _split("""
        budget basis, basis, basis of budget, budget source, source of budget, budget status, budget quality, budget
        type,
        основание бюджета, источник бюджета, база бюджета, основа бюджета, достоверность бюджета, тип бюджета, статус
        бюджета, основание оценки бюджета, основание, качество оценки бюджета
    """),
    "budget_date": _split("""
        budget date, date of budget, budget as of, budget as at, budget updated, as of, as of date,
        дата бюджета, дата оценки бюджета, дата оценки, бюджет на дату, дата уточнения бюджета, бюджет уточнён, дата
        актуализации, дата актуализации бюджета, дата подтверждения бюджета
    """),
    "budget_low": _split("""
        budget low, low budget, budget min, min budget, minimum budget, budget minimum, budget from, budget low bound,
        budget lower bound,
        бюджет мин, мин бюджет, минимальный бюджет, бюджет от, бюджет минимум, нижняя оценка бюджета, нижняя граница
        бюджета, бюджет закупок мин, бюджет закупок от, бюджет снизу
    """),
    "budget_high": _split("""
        budget high, high budget, budget max, max budget, maximum budget, budget maximum, budget to, budget high
        bound, budget upper bound,
        бюджет макс, макс бюджет, максимальный бюджет, бюджет до, бюджет максимум, верхняя оценка бюджета, верхняя
        граница бюджета, бюджет закупок макс, бюджет закупок до, бюджет сверху
    """),
    "position": _split("""
        position, our position, position rating, manual position,
        позиция, наша позиция, оценка позиции, наши позиции, позиция ручная оценка
    """),
    "position_reason": _split("""
        position reason, reason for position, position argument, why position, position comment,
        обоснование позиции, причина позиции, аргумент позиции, комментарий к позиции, почему такая позиция, позиция
        обоснование
    """),
    "potential": _split("""
        potential, client potential, customer potential, potential rating, manual potential,
        потенциал, потенциал клиента, оценка потенциала, потенциал ручная оценка
    """),
    "potential_reason": _split("""
        potential reason, reason for potential, potential argument, why potential, potential comment,
        обоснование потенциала, причина потенциала, аргумент потенциала, комментарий к потенциалу, почему такой
        потенциал, потенциал обоснование
    """),
}

COMPETITOR_FIELDS: dict[str, tuple[str, ...]] = {
    "client_id": CLIENT_FIELDS["client_id"],
    "client": CLIENT_FIELDS["client"],
    "competitor": _split("""
        competitor, competitors, competitor name, rival, name of competitor, supplier, vendor, competitor company,
        конкурент, конкуренты, наименование конкурента, название конкурента, поставщик, компания-конкурент, имя
        конкурента
    """),
    "revenue": CLIENT_FIELDS["competitor_revenue"]
    + CLIENT_FIELDS["revenue"]
    + _split("""
        amount,
        сумма, объём, выручка конкурента, доход конкурента, продажи конкурента, доля в деньгах, оборот конкурента,
        объём продаж конкурента
    """),
    "strengths": _split("""
        strengths, strength, strong points, competitor strengths, pros,
        сильные стороны, сильная сторона, преимущества, плюсы, сильные стороны конкурента
    """),
    "weaknesses": _split("""
        weaknesses, weakness, weak points, competitor weaknesses, cons,
        слабые стороны, слабая сторона, недостатки, минусы, слабые стороны конкурента
    """),
    "stance": _split("""
        stance, approach, our approach, our stance, attitude, strategy, tactics,
        подход, наш подход, линия поведения, отношение, тактика, стратегия, поведение, подход к конкуренту, как
        действуем
    """),
}

OPERATIONAL_FIELDS: dict[str, tuple[str, ...]] = {
    "client_id": CLIENT_FIELDS["client_id"],
    "client": CLIENT_FIELDS["client"],
    "indicator": _split("""
        indicator, measure, metric, kpi, scenario, type, plan / fact, plan or fact, line, item,
        показатель, индикатор, метрика, сценарий, тип, вид, план / факт, план или факт, статья, строка
    """),
    "period": _split("""
        month, period, date, quarter, month and year,
        месяц, период, дата, квартал, месяц и год, отчётный период, отчётный месяц
    """),
    "year": _split("year, год"),
    "amount": _split("amount, value, сумма, значение, объём"),
}

# Columns that only a table of clients has: they tell it from a list of competitors.
CLIENT_ONLY = frozenset(CLIENT_FIELDS) - frozenset(COMPETITOR_FIELDS) - {"competitor_revenue"}

CLIENT_SHEETS = _split("clients, client table, customers, accounts, клиенты, таблица клиентов, контрагенты")
COMPETITOR_SHEETS = _split("competitors, competition, конкуренты")
OPERATIONAL_SHEETS = _split("""
    operational plan, operating plan, sales plan, plan, fact, plan fact, plan-fact, plan and fact, plan vs fact,
    actuals, оперативный план, план продаж, план, факт, план факт, план-факт, план и факт, план - факт, планы, факты
""")
SETTINGS_SHEETS = ("KAM settings", "Настройки KAM")

# How each field of a client or a competitor is read; fields not named here are text.
KINDS: dict[str, str] = {
    **dict.fromkeys(("revenue", "procurement_budget", "competitor_revenue", "margin", "sales_plan"), "money"),
    **dict.fromkeys(("budget_low", "budget_high"), "money"),
    **dict.fromkeys(("client_id", "client", "competitor"), "name"),
    **dict.fromkeys(("reference", "expertise"), "mark"),
    **dict.fromkeys(("budget_basis", "position", "potential", "stance"), "choice"),
    "budget_date": "date",
}

CHOICES: dict[str, dict[Labelled, tuple[str, ...]]] = {
    # No "с" alone: it may be сильная as well as средняя.
    "position": {
        Position.STRONG: _split("strong, сильная, сильный, сильное, сильная позиция, сильно"),
        Position.MEDIUM: _split("medium, middle, moderate, average, средняя, средний, среднее, средняя позиция"),
        Position.WEAK: _split("weak, слабая, слабый, слабое, слабая позиция, слабо"),
    },
    "potential": {
        Potential.HIGH: _split("high, h, высокий, высокая, высокое, высокий потенциал, большой, в"),
        Potential.MEDIUM: _split("medium, middle, moderate, average, m, средний, средняя, среднее, с"),
        Potential.LOW: _split("low, l, низкий, низкая, низкое, низкий потенциал, малый, н"),
    },
    "budget_basis": {
        BudgetBasis.CONFIRMED: _split("""
            confirmed, actual, fact, known,
            подтверждён, подтверждённый, факт, подтверждено, подтвержден клиентом, фактический, точно
        """),
        BudgetBasis.ESTIMATED: _split("""
            estimated, estimate, expert estimate, assumed,
            оценка, оценочный, оценён, экспертная оценка, оценочно, оценено, расчёт, расчётный, предположение
        """),
        BudgetBasis.PROXY: _split("""
            proxy, indirect,
            косвенный, косвенная оценка, косвенно, косвенные данные, аналог, по аналогии, прокси
        """),
    },
    "stance": {
        Stance.COMPETE: _split("compete, competition, fight, конкурировать, конкуренция, конкурируем, борьба"),
        Stance.SUBCONTRACT: _split("""
            subcontract, subcontracting, subcontractor,
            субподряд, привлекать на субподряд, субподрядчик, работать на субподряде, на субподряде
        """),
        Stance.COEXIST: _split("""
            coexist, coexistence, co-exist,
            сосуществовать, сосуществование, сосуществуем, мирное сосуществование
        """),
    },
}

MARKS: dict[bool, frozenset[str]] = {
    True: frozenset(_split("yes, y, true, +, v, x, да, д, истина, есть, х, ✓, ✔, ☑, ●, ok")),
    False: frozenset(_split("no, n, false, -, −, –, —, нет, н, ложь, ☐, ✗, ✘, none")),
}

# A total row begins with one of these ...
SURE_TOTALS = _split("""
    grand total, subtotal, sub total, sub-total, total for, total of, total by,
    итого, общий итог, промежуточный итог, промежуточные итоги, подытог, всего по, всего за, всего клиентов
""")
# ... or is one of these; a client's name may begin with them too ("Total Energies").
TOTALS = _split("total, totals, sum, all clients, всего, итог, итоги, сумма, общая сумма, все клиенты")

# Words and signs for currencies and for thousands and millions, in cells and in headers, which abbreviate more.
CURRENCIES = {
    **dict.fromkeys(_split("₽, руб, рублей, рубля, рубль, рубли, р, rub, rur"), "RUB"),
    **dict.fromkeys(_split("$, us$, usd, долл, долларов, dollars"), "USD"),
    **dict.fromkeys(_split("€, eur, евро, euro, euros"), "EUR"),
    **dict.fromkeys(_split("£, gbp, pounds"), "GBP"),
    **dict.fromkeys(_split("₸, kzt, тенге, тг"), "KZT"),
    **dict.fromkeys(_split("byn"), "BYN"),
    **dict.fromkeys(_split("¥, cny, юаней"), "CNY"),
    **dict.fromkeys(_split("chf"), "CHF"),
}
SCALES = {
    **dict.fromkeys(_split("тыс, тысяч, к, k, ths, thousand, thousands"), 1e3),
    **dict.fromkeys(_split("млн, миллионов, миллиона, mln, mn, m, mio, million, millions"), 1e6),
    **dict.fromkeys(_split("млрд, миллиардов, миллиарда, bn, billion, billions"), 1e9),
}
MORE_HEADER_SCALES = {**dict.fromkeys(_split("т, тр, 000, 000s"), 1e3), "м": 1e6}
