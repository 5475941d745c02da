import pytest

from kam_xl.table.values.shown import Shown, shown_by

ROUBLES, DOLLARS, EUROS = (Shown(currency=code) for code in ("RUB", "USD", "EUR"))


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0%", Shown(percent=True)),
        ('#,##0.0 %;-#,##0.0 %;"-"', Shown(percent=True)),
        ("$#,##0", DOLLARS),
        ('"$"#,##0', DOLLARS),
        ("[$$-409]#,##0.00", DOLLARS),
        ("[$USD] #,##0", DOLLARS),
        ("[$€-2] #,##0", EUROS),
        ('_-* #,##0.00\\ "₽"_-;\\-* #,##0.00\\ "₽"_-;_-@_-', ROUBLES),
        ("#,##0\\ [$р.-419]", ROUBLES),
        ("#,##0\\ \\р\\у\\б\\.", ROUBLES),
        ("#,##0,", Shown(scale=1e3)),
        ("0.0,,", Shown(scale=1e6)),
        ('#,##0,\\ "тыс. ₽"', Shown(scale=1e3, currency="RUB")),
    ],
)
def test_a_number_format_tells_percentages_currencies_and_scales(code, shown):
    assert shown_by(code) == shown


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "@",
        "#,##0.00",
        "#,##0_₽",
        '0" pcs."',
        '0"%"',
        "0,000",
        "dd.mm.yyyy",
        "[$-419]dd mmmm",
        "mm:ss.0",
        "0;0%",
    ],
)
def test_other_number_formats_show_numbers_as_they_are(code):
    assert shown_by(code) is None
