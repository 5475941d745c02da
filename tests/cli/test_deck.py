"""kam-xl deck: the review as a presentation."""

import builtins
import re

import pytest
from pptx import Presentation

from tests.tables import write_table


@pytest.fixture
def clients(tmp_path):
    return write_table(tmp_path / "clients.xlsx")


def test_the_deck_is_written_beside_the_workbook(run, clients, tmp_path):
    code, out, err = run("deck", clients, "--lang", "en")
    assert (code, out) == (0, f"9 slides: {tmp_path / 'clients.pptx'}\n")
    assert err.startswith("Key accounts without a plan are shown with what a build would propose: Nordwerk, ")
    assert len(Presentation(tmp_path / "clients.pptx").slides) == 9


def test_the_slides_speak_the_language_of_the_workbook(run, clients, tmp_path):
    assert run("plan", clients, "--lang", "en")[0] == 0
    code, out, _ = run("deck", tmp_path / "clients-plans.xlsx", "-o", tmp_path / "deck.pptx", "--lang", "ru")
    assert (code, out) == (0, f"9 слайдов: {tmp_path / 'deck.pptx'}\n")
    shapes = [shape for slide in Presentation(tmp_path / "deck.pptx").slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
    said = " ".join([*cells, *(shape.text_frame.text for shape in shapes if shape.has_text_frame)])
    # The one client with a Russian name is all that is Russian.
    assert not re.search("[а-яё]", said.replace("Северсталь: Юг/Север", ""), re.IGNORECASE)


def test_a_deck_that_exists_is_not_replaced_unasked(run, clients, tmp_path):
    (tmp_path / "clients.pptx").write_bytes(b"theirs")
    assert run("deck", clients)[0] != 0
    assert (tmp_path / "clients.pptx").read_bytes() == b"theirs"
    assert run("deck", clients, "--overwrite")[0] == 0


def test_without_the_library_the_message_says_what_to_install(run, clients, monkeypatch):
    load = builtins.__import__

    def without(name, *args, **kwargs):
        if name.partition(".")[0] == "pptx":
            raise ImportError(name)
        return load(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    code, _, err = run("deck", clients, "--lang", "en")
    assert (code, 'pip install "kam_xl[deck]"' in err) == (3, True)


def test_another_ending_is_refused(run, clients, tmp_path):
    assert run("deck", clients, "-o", tmp_path / "review.pdf")[0] == 4
