"""The base of every error that kam_xl raises on purpose: where, what, got, remedy."""

from __future__ import annotations

from typing import ClassVar

from kam_xl.locale import Text


class KamError(Exception):
    """An error a person can act on.

    Parameters
    ----------
    what : Text
        The fact, without a full stop: "procurement budget must be above 0".
    where : Text or str, optional
        The place: a client, a cell, a file.
    got : object, optional
        The offending value, shown as it is; a Text in the language of the message.
    remedy : Text, optional
        What to do about it, a whole sentence.

    Examples
    --------
    >>> print(KamError(Text("procurement budget must be above 0"), where="Clients!D7", got=0,
    ...                remedy=Text("Enter the yearly budget or leave it blank.")))
    Clients!D7: procurement budget must be above 0, got 0. Enter the yearly budget or leave it blank.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, what: Text, *, where: Text | str = "", got: object = ..., remedy: Text | None = None) -> None:
        super().__init__(what, where, got, remedy)
        self.what, self.where, self.got, self.remedy = what, where, got, remedy

    def render(self, lang: str = "en") -> str:
        """The whole message in one language."""
        where = self.where.render(lang) if isinstance(self.where, Text) else self.where
        message = f"{where}: " if where else ""
        message += self.what.render(lang)
        if self.got is not ...:
            got = self.got if isinstance(self.got, Text) else str(self.got)
            message += Text(", got {value}", value=got).render(lang)
        message += "."
        return f"{message} {self.remedy.render(lang)}" if self.remedy else message

    def __str__(self) -> str:
        return self.render()
