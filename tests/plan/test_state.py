"""A client that is no longer key is marked with the day it was first seen so."""

from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client
from kam_xl.locale import LANGUAGES
from kam_xl.plan.state import account_state

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
KEY, FORMER = classify([Client("1", "Nordwerk", revenue=99), Client("2", "Alpha", revenue=1)]).accounts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_state_that_has_not_changed_keeps_its_day(lang):
    for account in (None, FORMER):
        first = account_state(account, lang=lang, built=MARCH, existing="Key account")
        assert account_state(account, lang="en", built=JUNE, existing=first) == first


def test_a_state_that_has_changed_gets_a_new_day():
    former = account_state(FORMER, lang="en", built=MARCH)
    assert [
        former,
        account_state(None, lang="en", built=JUNE, existing=former),
        account_state(KEY, lang="en", built=JUNE, existing=former),
    ] == ["No longer a key account since 2026-03-01", "Not in the client table since 2026-06-01", "Key account"]


def test_a_text_that_is_no_state_is_replaced():
    assert account_state(FORMER, lang="en", built=MARCH, existing=7.0) == "No longer a key account since 2026-03-01"
