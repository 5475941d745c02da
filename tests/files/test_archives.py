"""Damaged and oversized archives are refused in a sentence, whatever their reader raises."""

import gzip
import io
import zipfile

import pytest

from kam_xl.errors import KamError
from kam_xl.files.archives import opening, unpack

ROWS = b"Client;Revenue\n" + b"".join(b"Client %d;%d\n" % (row, row * row) for row in range(2_000))


def zipped() -> bytearray:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sales.csv", ROWS)
    return bytearray(packed.getvalue())


def test_a_file_is_written_out_as_it_was_packed(tmp_path):
    unpack(gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(ROWS))), tmp_path / "out", 1 << 20, tmp_path, KamError)
    assert (tmp_path / "out").read_bytes() == ROWS


def test_a_damaged_stream_is_told_with_the_archive(tmp_path):
    path, damaged = tmp_path / "sales.zip", zipped()
    damaged[60:80] = b"\xff" * 20
    path.write_bytes(damaged)
    with pytest.raises(KamError, match=r"sales\.zip: the archive is damaged or protected"), opening(path, KamError):
        zipfile.ZipFile(path).read("sales.csv")


def test_no_more_is_written_than_allowed(tmp_path):
    with pytest.raises(KamError, match="expands to more than the allowed size"):
        unpack(io.BytesIO(ROWS), tmp_path / "out", len(ROWS) - 1, tmp_path / "sales.zip", KamError)
