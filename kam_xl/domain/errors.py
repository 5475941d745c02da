"""What can be wrong with the numbers and settings of the domain, one class per business fact."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import ClassVar

from kam_xl.errors import KamError
from kam_xl.locale import Text


class MeasureError(KamError):
    """A number from which a measure cannot be computed.

    `classify` turns it into an unknown measure; the data check shows it with the cell's address.

    Examples
    --------
    >>> print(NegativeBudgetError(-5))
    procurement budget must not be negative, got -5. Enter the budget of the period or leave it blank.
    """

    fact: ClassVar[Text]
    way_out: ClassVar[Text]

    def __init__(self, got: object, where: Text | str = "") -> None:
        super().__init__(self.fact, where=where, got=got, remedy=self.way_out)


class NotANumberError(MeasureError):
    """An amount is NaN, infinite, or so large that sums of such amounts have no end."""

    fact = Text("an amount must be a finite number of a sensible size")
    way_out = Text("Enter a number or leave it blank.")


class NegativeRevenueError(MeasureError):
    """Returns exceed sales: no share can be computed from such revenue."""

    fact = Text("revenue must not be negative")
    way_out = Text("Enter the revenue of the period without returns of earlier periods.")


class NegativeBudgetError(MeasureError):
    """Nobody can plan to buy for less than nothing."""

    fact = Text("procurement budget must not be negative")
    way_out = Text("Enter the budget of the period or leave it blank.")


class RevenueWithoutBudgetError(MeasureError):
    """The client has bought from us, so its procurement budget cannot be 0."""

    fact = Text("procurement budget is 0, but there is revenue")
    way_out = Text("Enter the budget of the period or leave it blank.")


class BudgetRangeError(MeasureError):
    """The low bound of a budget is above its high bound."""

    fact = Text("the budget's low bound must not be above its high bound")
    way_out = Text("Swap the two bounds or correct them.")


class NegativeCompetitorRevenueError(MeasureError):
    """Competitors cannot earn less than nothing."""

    fact = Text("competitor revenue must not be negative")
    way_out = Text("Enter what competitors earn from the client or leave it blank.")


class CompetitorsWithoutBudgetError(MeasureError):
    """Competitors sell to the client, so its procurement budget cannot be 0."""

    fact = Text("procurement budget is 0, but competitors have revenue")
    way_out = Text("Enter the budget of the period or leave it blank.")


class NegativePlanError(MeasureError):
    """A sales plan below nothing."""

    fact = Text("sales plan must not be negative")
    way_out = Text("Enter the sales plan of the period or leave it blank.")


class PenetrationError(MeasureError):
    """A penetration index that no revenue and budget can have; above 1 is possible, the budget is understated then."""

    fact = Text("penetration index must be a number of at least 0")
    way_out = Text("Enter revenue divided by procurement budget, as a fraction, or leave it blank.")


class TargetError(MeasureError):
    """Nobody can reach for less than nothing or for more than the whole budget."""

    fact = Text("target penetration index must be from 0 to 1")
    way_out = Text("Enter the share of the procurement budget to reach, such as 0.4 or 40%, or leave it blank.")


class ShareOfNothingError(MeasureError):
    """A part of a total that is 0."""

    fact = Text("the total is 0, but the client's part of it is not")
    way_out = Text("Give the total of the whole table, including the client.")


class MarkError(MeasureError):
    """A reference or expertise mark outside its scale."""

    fact = Text("a mark must be yes, no or a level from 0 to 3")
    way_out = Text("Correct the mark or leave it blank.")


class ScoreError(MeasureError):
    """A score outside its scale."""

    fact = Text("a score must be from 0 to 5 points")
    way_out = Text("Correct the score or leave it blank.")


class GrowthError(MeasureError):
    """No yearly rate leads from the first amount to the last."""

    fact = Text("a yearly growth rate takes a first amount above 0, a last one not below 0, and more than 0 years")
    way_out = Text("Enter both amounts and the number of years between them.")


class SettingsError(KamError):
    """Settings that contradict themselves or are unknown; tells all faults at once."""

    exit_code = 2

    def __init__(self, faults: Sequence[Text], where: Text | str = "") -> None:
        self.faults = tuple(faults)
        super().__init__(
            reduce(lambda first, then: Text("{first}; {then}", first=first, then=then), faults), where=where
        )
