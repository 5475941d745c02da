import pytest

import kam_xl.engines.file  # noqa: F401 (registers the engine)


@pytest.fixture(autouse=True)
def state(monkeypatch, tmp_path):
    """The person's own folder, which log and copies go to."""
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def book(opened, clients_xlsx):
    return opened(clients_xlsx)
