"""A pipe in a code page of Windows: numbers keep their signs, names as much as the code page knows."""

import io

import pytest

from kam_xl.cli.streams import LOOKALIKES


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("cp1251", "-5 Cafe «Нева» 3x2 ? Strauss"),
        ("cp866", '-5 Cafe "Нева" 3x2 ? Strauss'),
        ("cp1252", "-5 Café «????» 3×2 ? Strauß"),
        ("utf-8", "−5 Café «Нева» 3×2 字 Strauß"),
    ],
)
def test_letters_that_a_code_page_lacks_get_their_nearest(encoding, written):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=LOOKALIKES)
    stream.write("−5 Café «Нева» 3×2 字 Strauß")
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding) == written
