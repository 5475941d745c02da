"""The lines on standard error that say how a table was understood."""

import re

_LINE = re.compile(
    r"^(?:(?:Understood|Not used|Rows left out|Понято так|Не используются|Пропущены строки): "
    r"|No header gives the year of the revenue; |1 in the table is |1 в таблице — это ).*\n",
    re.M,
)


def without_understood(text: str) -> str:
    """A text on standard error without the lines on how the table was understood.

    >>> without_understood('Understood: 2 columns by their own names.\\nkam-xl: no plan.\\n')
    'kam-xl: no plan.\\n'
    """
    return _LINE.sub("", text)
