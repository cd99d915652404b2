from __future__ import annotations

import io

import pytest

from qmix_core.base.checked_cache import (
    append_checksum,
    ends_with_checksum,
    with_checksum,
    without_checksum,
)


def test_content_comes_back():
    assert without_checksum(with_checksum(b"some content")) == b"some content"
    assert without_checksum(with_checksum(b"")) == b""


def test_every_flipped_bit_is_found():
    whole = with_checksum(b"some content")
    for bit in range(8 * len(whole)):
        altered = bytearray(whole)
        altered[bit // 8] ^= 1 << bit % 8
        assert without_checksum(bytes(altered)) is None


@pytest.mark.parametrize("raw", [b"", b"abc", b"no checksum here"])
def test_what_has_no_checksum_is_none(raw, tmp_path):
    (tmp_path / "cache").write_bytes(raw)
    assert without_checksum(raw) is None
    assert not ends_with_checksum(tmp_path / "cache")


def test_a_file_is_ended_as_content_is(tmp_path):
    file = io.BytesIO(b"some content")
    append_checksum(file)
    assert file.getvalue() == with_checksum(b"some content")
    (tmp_path / "cache").write_bytes(file.getvalue())
    assert ends_with_checksum(tmp_path / "cache")
    (tmp_path / "cache").write_bytes(file.getvalue()[:-1])
    assert not ends_with_checksum(tmp_path / "cache")
