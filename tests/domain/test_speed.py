import random
from time import process_time

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client


@pytest.mark.slow
def test_a_hundred_thousand_clients_are_classified_in_about_two_seconds():
    drawn = random.Random(1)  # noqa: S311
    table = [
        Client(
            str(number),
            f"Client {number}",
            revenue=drawn.lognormvariate(10, 2),
            procurement_budget=drawn.choice([None, drawn.lognormvariate(12, 2)]),
            industry=drawn.choice(["Gas", "Telecom", "Bank"]),
            reference=drawn.random() < 0.05,
            expertise=drawn.choice([0, 1, 2, 3, None]),
        )
        for number in range(100_000)
    ]
    start = process_time()
    result = classify(table)
    assert process_time() - start < 4  # twice what is meant, for slower machines
    assert len(result.accounts) == 100_000
