"""Passwords stay out of messages, logs and recipes, whatever form a connection string has and whoever repeats it."""

from __future__ import annotations

import re
from urllib.parse import unquote, unquote_plus

_HIDDEN = "…"
# Names of parameters that hold a secret, in addresses (`?password=…`) and in keyword strings (`PWD=…;`).
_SECRET = re.compile(
    r"(?i)(?P<name>[\w.-]*(?:passwo?rd|passwd|passphrase|passcode|pwd|secret|token|api[_-]?key|access[_-]?key|"
    r"account[_-]?key|private[_-]?key|credentials?|sslkey))(?P<mark>\s*[=:]\s*)"
    r"(?P<value>'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|\{[^}]*\}|[^\s&;,'\"]+)"
)
# What stands between the scheme and the last @: an unescaped password may hold any sign, even / and @.
_ACCOUNT = re.compile(r"(?P<scheme>\b[a-zA-Z][\w+.-]*:(?://|/))(?P<account>[^\s'\"]*)@")
# The same where nothing else stands around it; a scheme may have been forgotten.
_GIVEN = re.compile(r"(?:(?:[a-zA-Z][\w+.-]*:)?//?(?:[^:@/\\]*)|[\w.+-]{2,}):(?P<value>\S(?:.*\S)?)@[\w.\[-]")
_PIECES = re.compile(r"[/?#@:\s'\"]+")  # where readers of addresses cut an unescaped password
_LEAST = 4  # characters: what is shorter stands in other words, too


def without_password(url: str) -> str:
    """A connection string for messages.

    Parameters
    ----------
    url : str
        An address (`postgresql://user:password@server/sales?password=…`) or keywords (`host=… password=…`).

    Examples
    --------
    >>> without_password("postgresql://kam:s3/cr@et@server/sales")
    'postgresql://kam:…@server/sales'
    >>> without_password("mysql://server/sales?user=kam&password=secret&ssl=1")
    'mysql://server/sales?user=kam&password=…&ssl=1'
    >>> without_password("host=server user=kam password='se cret'")
    'host=server user=kam password=…'
    """
    return without_secrets(url, url)


def _hidden_account(match: re.Match[str]) -> str:
    user, colon, _ = match["account"].partition(":")
    return f"{match['scheme']}{user}{':' + _HIDDEN if colon else ''}@"


def secrets_of(url: str) -> list[str]:
    """The secrets of a connection string as they may be repeated: written as in it, and decoded; the longest first.

    >>> secrets_of("postgresql://kam:se%40cret@server/sales")
    ['se%40cret', 'se@cret']
    """
    secrets = [each["value"] for each in (_GIVEN.match(url),) if each]
    secrets += [each["value"].strip("'\"{}") for each in _SECRET.finditer(url)]
    secrets += [piece for each in secrets for piece in _PIECES.split(each) if len(piece) >= _LEAST]
    forms = {form for each in secrets for form in (each, unquote(each), unquote_plus(each)) if form}
    return sorted(forms, key=lambda each: (-len(each), each))


def without_secrets(text: str, *urls: str) -> str:
    """A message without the secrets of the connection strings, and without any that it shows itself.

    >>> without_secrets('cannot connect as "kam" with "se@cret"', "postgresql://kam:se%40cret@server/sales")
    'cannot connect as "kam" with "…"'
    """
    for secret in (each for url in urls for each in secrets_of(url) if len(each) >= _LEAST):
        text = text.replace(secret, _HIDDEN)
    text = _ACCOUNT.sub(_hidden_account, text)
    return _SECRET.sub(lambda match: f"{match['name']}{match['mark']}{_HIDDEN}", text)
