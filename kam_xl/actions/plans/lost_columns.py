"""What a client table lost since its plans were built: IDs, without which plans double, and revenue."""

from __future__ import annotations

from kam_xl.actions.book.filling import key
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.plans.late_ids import free_by_name, late_ids
from kam_xl.actions.plans.plan_sheets import plan_owner
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.plan.words import some


class ChangedIdsError(KamError):
    """Clients that have plans under other IDs than the table gives them."""

    def __init__(self, book: str, clients: list[str]) -> None:
        super().__init__(
            plural(
                "the plan of {n:count} client has another ID than the client table gives it: {clients}",
                "the plans of {n:count} clients have other IDs than the client table gives them: {clients}",
                n=len(clients),
                clients=some(clients, 3),
            ),
            where=book,
            remedy=Text(
                "A second plan would be built for each, and the first one be left behind. Give them the IDs of their "
                "plans again; if the table lost its column with IDs, put it back. If they are other clients of the "
                "same name, delete the old plans."
            ),
        )


class LostRevenueError(KamError):
    """A table without any revenue, where the plans have some."""

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("the client table has no revenue any more, but the plans were built with it"),
            where=book,
            remedy=Text("Put the column with our revenue back, or name it in a reading file (--reading)."),
        )


def refuse_lost(context: BuildContext) -> None:
    """Refuse a table from which the IDs or the revenue of the plans are gone.

    Raises
    ------
    ChangedIdsError, LostRevenueError
    """
    if changed := _changed_ids(context):
        raise ChangedIdsError(context.book.name, changed)
    clients = [account.client for account in context.classification.by_id.values()]
    had_revenue = (context.record.of(plan_owner(each)).get(key("kam_revenue", 0)) for each in context.sheets.plans)
    if clients and all(client.revenue is None for client in clients) and any(had_revenue):
        raise LostRevenueError(context.book.name)


def _changed_ids(context: BuildContext) -> list[str]:
    """Clients without a plan under their ID of whose name there is one under an ID that the table does not have.

    Plans that nothing but a name identified are none of them: they are carried on under the ID.
    """
    if context.settings.clients_by:  # the parents of clients may be called as a client is
        return []
    free, late = free_by_name(context), late_ids(context)
    names = {
        plan_id: str(sheets[0].cells("kam_client")[0] or "")
        for plan_id, sheets in context.sheets.plans.items()
        if plan_id not in context.classification.by_id and plan_id not in late and "kam_client" in sheets[0]
    }
    return [
        f"{name} ({plan_id}, {free[name.casefold()]})" for plan_id, name in names.items() if name.casefold() in free
    ]
