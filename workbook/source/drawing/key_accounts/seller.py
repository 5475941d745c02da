"""The clients of Sigma Automation, a seller of industrial automation that does not exist, in two languages.

Every case of the rules is among them; a remark says which. Money is of the year 2025. All valid revenues sum to exactly
120 million, so that one client has exactly 10 % of them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Words(NamedTuple):
    """What a cell says in each language; one that is not here gets the English words."""

    en: str
    ru: str


class SellerClient(NamedTuple):
    """One row of the client table; None is a blank cell."""

    client_id: int
    client: Words | None
    industry: Words
    territory: Words
    manager: Words
    revenue: float | Words | None
    procurement_budget: float | Words | None
    margin: float | None = None
    sales_plan: float | None = None
    budget_basis: Words | None = None
    budget_date: date | None = None
    budget_low: float | None = None
    budget_high: float | None = None
    competitor_revenue: float | None = None
    reference: Words | None = None
    expertise: int | Words | None = None
    position: Words | None = None
    position_reason: Words | None = None
    potential: Words | None = None
    potential_reason: Words | None = None
    contract: str | None = None
    reference_reason: Words | None = None
    expertise_reason: Words | None = None
    revenue_2024: float | None = None
    revenue_2023: float | None = None
    our_price: int | None = None
    our_quality: int | None = None
    our_service: int | None = None


class Competitor(NamedTuple):
    """One row of the competitors' sheet."""

    client_id: int
    competitor: Words
    revenue: float | None
    strengths: Words | None = None
    weaknesses: Words | None = None
    stance: Words | None = None
    price: int | None = None
    quality: int | None = None
    service: int | None = None


TITLE = (
    Words("Sigma Automation: clients, year 2025", "Сигма Автоматика: клиенты, 2025 год"),
    Words("January to December 2025, without VAT", "Январь — декабрь 2025 года, без НДС"),
    Words("Sales operations, 20 April 2026", "Отдел продаж, 20 апреля 2026 г."),
)
SHEETS = (Words("Clients", "Клиенты"), Words("Competitors", "Конкуренты"))
TOTAL = Words("Total", "Итого")

METALS = Words("Metals", "Металлургия")
OIL_GAS = Words("Oil and gas", "Нефть и газ")
CHEMICALS = Words("Chemicals", "Химия")
FOOD = Words("Food and drinks", "Пищевая промышленность")
WATER = Words("Water utilities", "Водоканалы")
POWER = Words("Power", "Энергетика")
PUBLIC = Words("Public bodies", "Госсектор")
LOGISTICS = Words("Logistics", "Логистика")
PHARMA = Words("Pharma", "Фармацевтика")
PAPER = Words("Pulp and paper", "Целлюлоза и бумага")
MACHINES = Words("Machine building", "Машиностроение")
TELECOM = Words("Telecom", "Телеком")
NO_INDUSTRY = Words("", "")

NORTH = Words("North-West", "Северо-Запад")
SOUTH = Words("South", "Юг")
CENTRE = Words("Centre", "Центр")
URALS = Words("Urals", "Урал")
VOLGA = Words("Volga", "Поволжье")

ORLOVA = Words("Anna Orlova", "Анна Орлова")
SOKOLOV = Words("Pavel Sokolov", "Павел Соколов")
LEBEDEVA = Words("Maria Lebedeva", "Мария Лебедева")
MOROZOV = Words("Ivan Morozov", "Иван Морозов")

YES, NO = Words("yes", "да"), Words("no", "нет")
CONFIRMED = Words("confirmed", "подтверждён")
ESTIMATED = Words("estimated", "оценка")
PROXY = Words("proxy", "косвенно")
STRONG, MEDIUM, WEAK = Words("strong", "сильная"), Words("medium", "средняя"), Words("weak", "слабая")
HIGH, LOW = Words("high", "высокий"), Words("low", "низкий")
COMPETE = Words("compete", "конкурировать")
SUBCONTRACT = Words("subcontract", "субподряд")
COEXIST = Words("coexist", "сосуществовать")

SPRING = date(2026, 3, 2)
WINTER = date(2026, 1, 26)

# fmt: off
CLIENTS = (
    # Key by three criteria: revenue, reference, expertise.
    SellerClient(
        1001, Words("Baltic Pipe Works", "Балтийский трубный завод"), METALS, NORTH, ORLOVA, 18_600_000,
        30_000_000, margin=4_650_000, sales_plan=20_000_000, budget_basis=CONFIRMED, budget_date=SPRING,
        competitor_revenue=9_500_000, reference=YES, expertise=3, contract="SA-14/2019",
        reference_reason=Words("its rolling mill is shown to every metals client",
                               "его прокатный стан показывают всем металлургам"),
        expertise_reason=Words("its engineers check every project of ours", "его инженеры проверяют каждый наш проект"),
        revenue_2024=17_100_000, revenue_2023=15_800_000, our_price=3, our_quality=5, our_service=4,
    ),
    # Key by revenue; a position by hand with its reason.
    SellerClient(
        1002, Words("Severny Metals Combine", "Северный металлургический комбинат"), METALS, NORTH, ORLOVA,
        15_400_000, 24_000_000, margin=3_230_000, sales_plan=16_000_000, budget_basis=CONFIRMED,
        budget_date=WINTER, reference=NO, expertise=1, position=MEDIUM,
        position_reason=Words(
            "the framework contract ends in June and goes to tender", "рамочный договор кончается в июне, будет тендер"
        ),
        contract="SA-03/2021",
        revenue_2024=16_900_000, revenue_2023=16_200_000, our_price=3, our_quality=5, our_service=3,
    ),
    # Exactly 10 % of all revenue, which is not more than 10 %.
    SellerClient(
        1003, Words("Ural Chemicals", "Уральская химия"), CHEMICALS, URALS, SOKOLOV, 12_000_000, 20_000_000,
        margin=2_520_000, sales_plan=12_500_000, budget_basis=CONFIRMED, budget_date=SPRING, reference=NO,
        contract="SA-22/2020",
        revenue_2024=11_300_000, revenue_2023=9_700_000,
    ),
    # Two prospects whose names differ only after the 31st character.
    SellerClient(
        1004, Words("International Petrochemical Company North", "Международная нефтехимическая компания Север"),
        OIL_GAS, NORTH, SOKOLOV, 1_200_000, 64_000_000, margin=210_000, sales_plan=3_000_000,
        budget_basis=CONFIRMED, budget_date=WINTER, contract="SA-31/2024",
        revenue_2024=900_000, our_price=4, our_quality=4, our_service=2,
    ),
    SellerClient(
        1005, Words("International Petrochemical Company South", "Международная нефтехимическая компания Юг"),
        OIL_GAS, SOUTH, SOKOLOV, 0, 48_000_000, sales_plan=1_500_000, budget_basis=ESTIMATED, budget_date=WINTER,
        budget_low=36_000_000, budget_high=60_000_000,
        revenue_2024=0, revenue_2023=0, our_price=3, our_quality=3, our_service=2,
    ),
    # Prospect and expertise; the budget is an estimate with bounds.
    SellerClient(
        1006, Words("Volga Grid", "Волжские сети"), POWER, VOLGA, LEBEDEVA, 2_500_000, 40_000_000, margin=450_000,
        sales_plan=4_000_000, budget_basis=ESTIMATED, budget_date=SPRING, budget_low=30_000_000,
        budget_high=52_000_000, expertise=2, contract="SA-40/2023",
        revenue_2024=1_700_000, revenue_2023=600_000, our_price=3, our_quality=4, our_service=3,
        expertise_reason=Words("tests our software against its own standard", "проверяет наше ПО по своему стандарту"),
    ),
    # Prospect with unknown revenue, not confirmed by competitors' sales; forbidden characters of sheet names.
    SellerClient(
        1007, Words("Volt/Ampere: [R&D] * Plant?", "Вольт/Ампер: [НИОКР] * завод?"), MACHINES, URALS, LEBEDEVA,
        None, 35_000_000, budget_basis=PROXY, budget_date=date(2025, 12, 15),
    ),
    # Prospect, reference and expertise at once: a well-known, demanding client where we hardly sell.
    SellerClient(
        1008, Words("Polar Aircraft Engines", "Полярные авиадвигатели"), MACHINES, VOLGA, ORLOVA, 900_000,
        26_000_000, margin=120_000, sales_plan=2_000_000, budget_basis=CONFIRMED, budget_date=SPRING,
        competitor_revenue=21_000_000, reference=YES, expertise=3, contract="SA-44/2025",
        reference_reason=Words("known in the whole industry", "известен всей отрасли"),
        revenue_2024=300_000, our_price=3, our_quality=5, our_service=4,
        expertise_reason=Words(
            "its audit started our project management",
            "с его аудита началось наше управление проектами",
        ),
    ),
    # References, two of them in one vertical, one known by its territory only.
    SellerClient(
        1009, Words("Ministry of Water Resources", "Министерство водных ресурсов"), PUBLIC, CENTRE, ORLOVA,
        3_100_000, 9_000_000, margin=620_000, sales_plan=3_000_000, budget_basis=CONFIRMED, budget_date=WINTER,
        reference=YES, contract="SA-18/2022",
        revenue_2024=2_900_000, revenue_2023=2_200_000,
        reference_reason=Words(
            "other public bodies ask it before they buy",
            "другие ведомства спрашивают его перед закупкой",
        ),
    ),
    SellerClient(
        1010, Words("Capital Water Utility", "Столичный водоканал"), WATER, CENTRE, MOROZOV, 4_200_000, 7_500_000,
        margin=980_000, sales_plan=4_500_000, budget_basis=CONFIRMED, budget_date=SPRING, reference=YES,
        expertise=1, contract="SA-09/2020",
        revenue_2024=3_900_000, revenue_2023=3_500_000,
        reference_reason=Words(
            "the largest of its kind; visits are welcome",
            "крупнейший в стране; принимает делегации",
        ),
    ),
    SellerClient(
        1011, Words("Neva Water", "Невская вода"), WATER, NORTH, MOROZOV, 1_300_000, 3_200_000, margin=310_000,
        sales_plan=1_200_000, budget_basis=ESTIMATED, budget_date=date(2023, 5, 10), reference=YES,
        contract="SA-27/2021",
        revenue_2024=1_250_000, revenue_2023=1_100_000,
    ),
    SellerClient(
        1012, Words("Kazan Science Park", "Казанский технопарк"), NO_INDUSTRY, VOLGA, LEBEDEVA, 800_000,
        2_100_000, margin=190_000, sales_plan=900_000, budget_basis=CONFIRMED, budget_date=WINTER, reference=YES,
        revenue_2024=500_000,
    ),
    # Key by expertise alone, with hardly any income.
    SellerClient(
        1013, Words("Institute of Applied Robotics", "Институт прикладной робототехники"), PUBLIC, CENTRE,
        LEBEDEVA, 350_000, 1_900_000, margin=20_000, sales_plan=400_000, budget_basis=CONFIRMED,
        budget_date=SPRING, expertise=3, contract="SA-35/2024",
        revenue_2024=280_000,
        expertise_reason=Words(
            "its engineers find our weak spots first",
            "его инженеры первыми находят наши слабые места",
        ),
    ),
    # A name that a careless program would run as a formula.
    SellerClient(
        1014, Words("=Equal Parts Robotics", "=Равные доли Роботикс"), MACHINES, CENTRE, LEBEDEVA, 900_000,
        2_600_000, margin=240_000, sales_plan=800_000, budget_basis=CONFIRMED, budget_date=WINTER, expertise=2,
        revenue_2024=860_000, revenue_2023=740_000,
    ),
    # A prospect by a potential rated by hand; a name far longer than a sheet's may be.
    SellerClient(
        1015,
        Words(
            "Federal Centre for the Design, Construction and Automation of Cold Stores, Refrigerated Warehouses and "
            "Temperature-Controlled Distribution Hubs named after Academician Kholodov",
            "Федеральный центр проектирования, строительства и автоматизации холодильных складов, терминалов и "
            "распределительных комплексов с температурным режимом имени академика Холодова",
        ),
        PUBLIC, VOLGA, ORLOVA, 400_000, 8_000_000, margin=70_000, sales_plan=1_000_000, budget_basis=ESTIMATED,
        budget_date=SPRING, potential=HIGH,
        potential_reason=Words(
            "twelve new hubs are funded until 2030", "до 2030 года профинансированы двенадцать новых комплексов"
        ),
        our_price=3, our_quality=3, our_service=2,
    ),
    # Penetration of exactly 20 % is not below 20 %, so no prospect in spite of the high budget.
    SellerClient(
        1016, Words("Karelia Paper", "Карельская бумага"), PAPER, NORTH, SOKOLOV, 4_400_000, 22_000_000,
        margin=870_000, sales_plan=5_000_000, budget_basis=CONFIRMED, budget_date=SPRING,
        competitor_revenue=15_000_000, contract="SA-12/2022",
        revenue_2024=4_100_000, revenue_2023=4_300_000,
    ),
    # A potential rated low by hand, against a large budget.
    SellerClient(
        1017, Words("Orenburg Gas Processing", "Оренбургская газопереработка"), OIL_GAS, URALS, SOKOLOV, 700_000,
        19_500_000, margin=130_000, sales_plan=700_000, budget_basis=CONFIRMED, budget_date=WINTER, potential=LOW,
        potential_reason=Words("the group has frozen purchases from outside", "холдинг заморозил закупки на стороне"),
    ),
    # A position rated by hand without a reason.
    SellerClient(
        1018, Words("Don Grain Terminal", "Донской зерновой терминал"), LOGISTICS, SOUTH, MOROZOV, 2_950_000,
        6_400_000, margin=640_000, sales_plan=3_200_000, budget_basis=CONFIRMED, budget_date=SPRING,
        position=STRONG, contract="SA-29/2023",
    ),
    # Amounts typed as text.
    SellerClient(
        1019, Words("Meridian Pharma", "Меридиан Фарма"), PHARMA, CENTRE, MOROZOV,
        Words("1,234,567.89", "1 234 567,89"), Words("4,150,000.00", "4 150 000,00"), margin=295_000,
        sales_plan=1_300_000, budget_basis=CONFIRMED, budget_date=WINTER, contract="SA-33/2024",
    ),
    SellerClient(
        1020, Words("Azov Cannery", "Азовский консервный завод"), FOOD, SOUTH, MOROZOV,
        Words("765,432.11", "765 432,11"), Words("2.4 mln", "2,4 млн руб."), margin=150_000, sales_plan=800_000,
        budget_basis=ESTIMATED, budget_date=SPRING,
    ),
    # Unknown budgets: blank and said in words.
    SellerClient(
        1021, Words("Lipetsk Castings", "Липецкое литьё"), METALS, CENTRE, SOKOLOV, 3_750_000, None,
        margin=790_000, sales_plan=3_600_000,
    ),
    SellerClient(
        1022, Words("Samara Bearings", "Самарские подшипники"), MACHINES, VOLGA, LEBEDEVA, 2_600_000,
        Words("n/a", "н/д"), margin=540_000, sales_plan=2_800_000,
    ),
    SellerClient(
        1023, Words("Amber Logistics", "Янтарь Логистика"), LOGISTICS, NORTH, MOROZOV, 1_150_000, None,
        margin=260_000,
    ),
    # Neither budget nor revenue: no demand. Budget 0 with revenue: an error.
    SellerClient(
        1024, Words("Old Mill (closed)", "Старая мельница (закрыта)"), FOOD, VOLGA, MOROZOV, 0, 0,
        budget_basis=CONFIRMED, budget_date=WINTER,
    ),
    SellerClient(
        1025, Words("Tver Glass", "Тверское стекло"), CHEMICALS, CENTRE, SOKOLOV, 640_000, 0, margin=110_000,
        sales_plan=700_000,
    ),
    # Revenue above the budget, and revenue with competitors above it: the budget is understated.
    SellerClient(
        1026, Words("Saratov Brewery", "Саратовская пивоварня"), FOOD, VOLGA, MOROZOV, 1_900_000, 1_500_000,
        margin=420_000, sales_plan=1_800_000, budget_basis=ESTIMATED, budget_date=WINTER,
    ),
    SellerClient(
        1027, Words("Perm Fertilisers", "Пермские удобрения"), CHEMICALS, URALS, SOKOLOV, 3_300_000, 6_000_000,
        margin=690_000, sales_plan=3_500_000, budget_basis=CONFIRMED, budget_date=SPRING,
        competitor_revenue=3_100_000,
    ),
    # Returns above sales, and a budget below zero: errors.
    SellerClient(
        1028, Words("Vyborg Shipyard", "Выборгская верфь"), MACHINES, NORTH, LEBEDEVA,
        Words("(120,000)", "(120 000)"), 2_300_000, sales_plan=500_000, budget_basis=CONFIRMED,
        budget_date=WINTER,
    ),
    SellerClient(
        1029, Words("Astrakhan Fish", "Астраханская рыба"), FOOD, SOUTH, MOROZOV, 260_000, -900_000,
        margin=50_000, sales_plan=300_000,
    ),
    # One id twice.
    SellerClient(
        1030, Words("Kuban Sugar", "Кубанский сахар"), FOOD, SOUTH, MOROZOV, 2_250_000, 4_800_000, margin=470_000,
        sales_plan=2_300_000, budget_basis=CONFIRMED, budget_date=SPRING, contract="SA-25/2022",
    ),
    SellerClient(
        1030, Words("Kuban Sugar Trading House", "Торговый дом «Кубанский сахар»"), FOOD, SOUTH, MOROZOV, 300_000,
        900_000, margin=60_000, sales_plan=300_000, budget_basis=CONFIRMED, budget_date=SPRING,
    ),
    # No name.
    SellerClient(
        1031, None, LOGISTICS, CENTRE, MOROZOV, 410_000, 1_100_000, margin=80_000, sales_plan=400_000,
        budget_basis=ESTIMATED, budget_date=SPRING,
    ),
    # More names that are text, whatever they begin with.
    SellerClient(
        1032, Words("+7 Telecom", "+7 Телеком"), TELECOM, CENTRE, LEBEDEVA, 1_700_000, 9_600_000, margin=360_000,
        sales_plan=2_000_000, budget_basis=PROXY, budget_date=date(2024, 2, 1), expertise=1,
    ),
    SellerClient(
        1033, Words("-40 Degrees Cold Chain", "-40 градусов, холодная цепь"), LOGISTICS, URALS, MOROZOV, 980_000,
        2_900_000, margin=220_000, sales_plan=1_000_000, budget_basis=CONFIRMED, budget_date=WINTER,
    ),
    SellerClient(
        1034, Words("@Home Appliances", "@Дом Техника"), MACHINES, CENTRE, LEBEDEVA, 1_450_000, 3_700_000,
        margin=300_000, sales_plan=1_500_000, budget_basis=CONFIRMED, budget_date=SPRING,
    ),
    # The common run of clients: middling and small.
    SellerClient(
        1035, Words("Tyumen Drilling", "Тюменское бурение"), OIL_GAS, URALS, SOKOLOV, 8_900_000, 14_500_000,
        margin=1_870_000, sales_plan=9_000_000, budget_basis=CONFIRMED, budget_date=WINTER,
        competitor_revenue=5_000_000, contract="SA-06/2020",
        revenue_2024=9_600_000, revenue_2023=8_200_000,
    ),
    SellerClient(
        1036, Words("Vologda Dairy", "Вологодские сливки"), FOOD, NORTH, MOROZOV, 2_050_000, 3_100_000,
        margin=450_000, sales_plan=2_100_000, budget_basis=CONFIRMED, budget_date=SPRING, contract="SA-20/2021",
    ),
    SellerClient(
        1037, Words("Tula Machine Tools", "Тульские станки"), MACHINES, CENTRE, LEBEDEVA, 1_600_000, 5_200_000,
        margin=330_000, sales_plan=1_700_000, budget_basis=CONFIRMED, budget_date=WINTER,
    ),
    SellerClient(
        1038, Words("Omsk Polymers", "Омские полимеры"), CHEMICALS, URALS, SOKOLOV, 2_700_000, 11_800_000,
        margin=520_000, sales_plan=3_000_000, budget_basis=ESTIMATED, budget_date=SPRING, budget_low=9_000_000,
        budget_high=14_000_000,
    ),
    SellerClient(
        1039, Words("Sayan Power", "Саянская энергия"), POWER, URALS, LEBEDEVA, 5_100_000, 12_400_000,
        margin=1_120_000, sales_plan=5_500_000, budget_basis=CONFIRMED, budget_date=SPRING,
        competitor_revenue=6_900_000,
        revenue_2024=4_700_000, revenue_2023=4_400_000,
    ),
    SellerClient(
        1040, Words("Pskov Cables", "Псковкабель"), MACHINES, NORTH, LEBEDEVA, 870_000, 1_600_000, margin=190_000,
        sales_plan=900_000, budget_basis=CONFIRMED, budget_date=None,
    ),
    SellerClient(
        1041, Words("Ryazan Leather", "Рязанская кожа"), CHEMICALS, CENTRE, SOKOLOV, 190_000, 450_000,
        margin=40_000, sales_plan=200_000, budget_basis=ESTIMATED, budget_date=date(2024, 9, 1),
    ),
    SellerClient(
        1042, Words("Sochi Resort Services", "Сочинский курорт-сервис"), PUBLIC, SOUTH, ORLOVA, 560_000,
        4_300_000, margin=120_000, sales_plan=600_000, budget_basis=ESTIMATED, budget_date=WINTER,
    ),
    SellerClient(
        1043, Words("Ladoga Timber", "Ладожский лес"), PAPER, NORTH, SOKOLOV, 1_050_000, 1_750_000,
        margin=230_000, sales_plan=1_100_000, budget_basis=CONFIRMED, budget_date=SPRING,
    ),
    SellerClient(
        1044, Words("Volgograd Refractories", "Волгоградские огнеупоры"), METALS, VOLGA, SOKOLOV, 1_480_000,
        5_900_000, margin=300_000, sales_plan=1_600_000, budget_basis=CONFIRMED, budget_date=WINTER,
    ),
    SellerClient(
        1045, Words("Crystal Labs", "Кристалл Лаб"), PHARMA, CENTRE, MOROZOV, 620_000, 2_750_000, margin=160_000,
        sales_plan=700_000, budget_basis=ESTIMATED, budget_date=SPRING,
    ),
    SellerClient(
        1046, Words("Izhevsk Electronics", "Ижевская электроника"), MACHINES, VOLGA, LEBEDEVA, 1_380_000,
        2_500_000, margin=310_000, sales_plan=1_400_000, budget_basis=CONFIRMED, budget_date=SPRING,
    ),
    SellerClient(
        1047, Words("Yaroslavl Paints", "Ярославские краски"), CHEMICALS, CENTRE, SOKOLOV, 1_110_000, 1_400_000,
        margin=200_000, sales_plan=1_000_000, budget_basis=CONFIRMED, budget_date=WINTER,
    ),
)

COMPETITORS = (
    Competitor(
        1002, Words("Kontur Systems", "Контур Системс"), 6_800_000,
        Words("cheaper controllers, own service in the region", "дешевле контроллеры, свой сервис в регионе"),
        Words("no engineers for rolling mills", "нет инженеров по прокатным станам"), COMPETE,
        price=5, quality=3, service=5,
    ),
    Competitor(
        1004, Words("Globex Process", "Глобекс Процесс"), 41_000_000,
        Words("holds the control system of the main site", "система управления основной площадки — их"),
        Words("slow and expensive changes", "изменения долгие и дорогие"), SUBCONTRACT,
        price=2, quality=5, service=4,
    ),
    Competitor(
        1004, Words("Kontur Systems", "Контур Системс"), 15_500_000, Words("price", "цена"),
        Words("late on two of the last three projects", "сорвали сроки двух из трёх последних проектов"), COMPETE,
        price=5, quality=2, service=2,
    ),
    Competitor(
        1004, Words("Own workshop", "Собственный цех КИП"), None,
        Words("knows every valve", "знают каждый клапан"),
        Words("six people for four sites", "шесть человек на четыре площадки"), COEXIST,
    ),
    Competitor(
        1005, Words("Globex Process", "Глобекс Процесс"), 33_000_000,
        Words("five-year service contract", "сервисный договор на пять лет"),
        Words("the contract leaves out new units", "новые установки в договор не входят"), COEXIST,
        price=3, quality=4, service=4,
    ),
    Competitor(
        1006, Words("EnergoTech", "ЭнергоТех"), 24_000_000,
        Words("certified for substations", "аттестованы для подстанций"),
        Words("no dispatch software of their own", "нет своего диспетчерского ПО"), SUBCONTRACT,
        price=3, quality=4, service=5,
    ),
    Competitor(
        1006, Words("Delta Relay", "Дельта Реле"), 9_000_000, Words("relay protection", "релейная защита"),
        Words("nothing above the relay level", "ничего выше уровня реле"), COEXIST,
        price=4, quality=3, service=2,
    ),
    Competitor(
        1008, Words("Kontur Systems", "Контур Системс"), 21_000_000,
        Words("ten years on site", "десять лет на площадке"),
        Words("the client is tired of paper reports", "клиент устал от бумажных отчётов"), COMPETE,
        price=4, quality=3, service=2,
    ),
    Competitor(
        1015, Words("FrostLine", "ФростЛайн"), 5_200_000, Words("knows refrigeration", "знают холод"),
        Words("buys in its automation", "автоматику закупают на стороне"), SUBCONTRACT,
        price=3, quality=4, service=4,
    ),
    Competitor(
        1035, Words("Globex Process", "Глобекс Процесс"), 5_000_000, None, None, COMPETE,
    ),
    # No such client in the table.
    Competitor(
        1999, Words("EnergoTech", "ЭнергоТех"), 1_000_000, None, None, COMPETE,
    ),
)
# fmt: on
