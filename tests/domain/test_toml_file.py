"""Settings come back from whatever a shell or an editor of Windows made of them."""

import pytest

from kam_xl.domain import toml_file
from kam_xl.domain.toml_file import read_toml

TEXT = "# Доля выручки.\r\nkey_revenue_share = 0.1\r\nscore_criteria = 'цена качество'\r\n"
VALUES = {"key_revenue_share": 0.1, "score_criteria": "цена качество"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mark_tells_the_encoding(tmp_path, encoding):
    path = tmp_path / "kam.toml"
    path.write_bytes(TEXT.encode(encoding))
    assert read_toml(path) == VALUES


def test_what_is_not_utf_8_is_in_the_system_s_encoding(tmp_path, monkeypatch):
    path = tmp_path / "kam.toml"
    path.write_bytes(TEXT.encode("cp1251"))
    monkeypatch.setattr(toml_file, "system_encoding", lambda: "cp1251")
    assert read_toml(path) == VALUES


def test_an_unknown_encoding_is_not_guessed(tmp_path, monkeypatch):
    path = tmp_path / "kam.toml"
    path.write_bytes(TEXT.encode("cp1251"))
    monkeypatch.setattr(toml_file, "system_encoding", lambda: "utf-8")
    with pytest.raises(ValueError, match="utf-8"):
        read_toml(path)


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "{a=" * 20_000, "a." * 50_000 + "a = 1"])
def test_a_file_that_is_nested_without_end_is_not_toml(tmp_path, text):
    (path := tmp_path / "kam.toml").write_text(text)
    with pytest.raises(ValueError, match="nested too deeply"):
        read_toml(path)


def test_a_file_of_many_megabytes_is_not_read(tmp_path):
    (path := tmp_path / "kam.toml").write_bytes(b"# x\n" * 2_500_001)
    with pytest.raises(ValueError, match="too large"):
        read_toml(path)
