"""The columns of the blank workbook: what their headers say and what a person is told to enter.

Each header is a word that `kam_xl.table.vocabulary` knows, so that the reader needs no mapping.
"""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One text in the languages of the workbook."""

    en: str
    ru: str

    def render(self, lang: str) -> str:
        """The text in one of them."""
        return str(getattr(self, lang))


class Column(NamedTuple):
    """A column: the field it is read as, header, note, width in characters, and whether little works without it."""

    field: str
    title: Said
    note: Said
    width: float
    needed: bool = False


_REASON = Said("Why you rate it so; quoted in the plan.", "Почему такая оценка; войдёт в план.")

CLIENTS = (
    Column(
        "client_id",
        Said("Client ID", "Код клиента"),
        Said(
            "Number or code that never changes, each one once. Plans find their client by it.",
            "Номер или код, который не меняется и не повторяется. По нему план находит своего клиента.",
        ),
        15,
        needed=True,
    ),
    Column("client", Said("Client", "Клиент"), Said("Name of the company.", "Название компании."), 30, needed=True),
    Column(
        "industry",
        Said("Industry", "Отрасль"),
        Said(
            "The vertical in which the client is known. Reference clients are counted by it.",
            "Вертикаль, в которой известен клиент. По ней считаются референсные клиенты.",
        ),
        18,
    ),
    Column(
        "territory",
        Said("Territory", "Территория"),
        Said("Country, region or city.", "Страна, регион или город."),
        16,
    ),
    Column(
        "manager",
        Said("Manager", "Менеджер"),
        Said("Who answers for the client.", "Кто отвечает за клиента."),
        18,
    ),
    Column(
        "revenue",
        Said("Revenue", "Выручка"),
        Said(
            "What we sold to the client in the period. All amounts of the workbook in one currency and for one period.",
            "Сколько мы продали клиенту за период. Все суммы в книге – в одной валюте и за один период.",
        ),
        16,
        needed=True,
    ),
    Column(
        "margin",
        Said("Margin", "Маржинальный доход"),
        Said("Revenue less direct cost, in money.", "Выручка за вычетом прямых затрат, в деньгах."),
        18,
    ),
    Column(
        "sales_plan",
        Said("Sales plan", "План продаж"),
        Said("Planned revenue from the client in the period.", "Плановая выручка от клиента за период."),
        15,
    ),
    Column(
        "procurement_budget",
        Said("Procurement budget", "Бюджет закупок"),
        Said(
            "What the client spends in the period, with anybody, on the products and services that we could sell. "
            "Unknown: leave blank, do not enter 0.",
            "Сколько клиент за период тратит, у кого бы ни покупал, на продукты и услуги, которые могли бы продать мы. "
            "Неизвестно – оставьте пустым, не ставьте 0.",
        ),
        18,
        needed=True,
    ),
    Column(
        "budget_basis",
        Said("Budget basis", "Основание бюджета"),
        Said(
            "Confirmed: by the client or its documents. Estimated: our own estimate. Proxy: concluded from similar "
            "clients.",
            "Подтверждён: клиентом или его документами. Оценка: наша собственная. Косвенная оценка: по похожим "
            "клиентам.",
        ),
        17,
    ),
    Column(
        "budget_date",
        Said("Budget date", "Дата бюджета"),
        Said("As of when the budget is known.", "На какую дату известен бюджет."),
        16,
    ),
    Column(
        "budget_low",
        Said("Budget low", "Бюджет мин."),
        Said("Lowest likely budget, if you know only a range.", "Наименьший вероятный бюджет, если известен диапазон."),
        16,
    ),
    Column(
        "budget_high",
        Said("Budget high", "Бюджет макс."),
        Said("Highest likely budget.", "Наибольший вероятный бюджет."),
        16,
    ),
    Column(
        "competitor_revenue",
        Said("Competitor revenue", "Доход конкурентов"),
        Said(
            "What all competitors together earn from the client. Leave blank if the sheet of competitors tells it.",
            "Сколько зарабатывают на клиенте все конкуренты вместе. Оставьте пустым, если это видно из листа "
            "конкурентов.",
        ),
        17,
    ),
    Column(
        "reference",
        Said("Reference", "Референс"),
        Said(
            "Yes if the client is well known in its industry or territory, so that working with it promotes us. "
            "Or a level from 0 to 3.",
            "Да, если клиент известен в своей отрасли или на территории и работа с ним продвигает нас. "
            "Или уровень от 0 до 3.",
        ),
        14,
    ),
    Column(
        "expertise",
        Said("Expertise", "Экспертиза"),
        Said(
            "Yes if the client is so competent and demanding that it makes us better. Or a level from 0 to 3.",
            "Да, если клиент настолько компетентен и требователен, что мы становимся лучше. Или уровень от 0 до 3.",
        ),
        14,
    ),
    Column(
        "position",
        Said("Position", "Позиция"),
        Said(
            "Your own rating of how we stand with the client; blank: by the penetration index.",
            "Ваша оценка нашего положения у клиента; пусто – по индексу проникновения.",
        ),
        14,
    ),
    Column("position_reason", Said("Reason for position", "Обоснование позиции"), _REASON, 30),
    Column(
        "potential",
        Said("Potential", "Потенциал"),
        Said(
            "Your own rating of what the client can give; blank: by the procurement budget.",
            "Ваша оценка того, что может дать клиент; пусто – по бюджету закупок.",
        ),
        14,
    ),
    Column("potential_reason", Said("Reason for potential", "Обоснование потенциала"), _REASON, 30),
)

COMPETITORS = (
    Column(
        "client_id",
        Said("Client ID", "Код клиента"),
        Said(
            "As in the table of clients; one row per client and competitor.",
            "Как в таблице клиентов; одна строка на клиента и конкурента.",
        ),
        15,
        needed=True,
    ),
    Column(
        "client",
        Said("Client", "Клиент"),
        Said("Enough instead of the id, if the name is the same.", "Достаточно вместо кода, если название то же."),
        30,
    ),
    Column(
        "competitor",
        Said("Competitor", "Конкурент"),
        Said("Name of the company.", "Название компании."),
        28,
        needed=True,
    ),
    Column(
        "revenue",
        Said("Competitor revenue", "Доход конкурента"),
        Said(
            "What it earns from the client: same products, same period, same currency as in the table of clients.",
            "Сколько он зарабатывает на клиенте: те же продукты, период и валюта, что в таблице клиентов.",
        ),
        16,
    ),
    Column(
        "strengths",
        Said("Strengths", "Сильные стороны"),
        Said("What the client values in it.", "Что ценит в нём клиент."),
        34,
    ),
    Column(
        "weaknesses",
        Said("Weaknesses", "Слабые стороны"),
        Said("Where it leaves the client unhappy.", "Чем клиент недоволен."),
        34,
    ),
    Column(
        "stance",
        Said("Stance", "Линия поведения"),
        Said(
            "How we mean to meet it: compete, work in subcontract, or coexist.",
            "Как мы ведём себя с ним: конкурировать, субподряд или сосуществовать.",
        ),
        18,
    ),
)
