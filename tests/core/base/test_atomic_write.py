"""A file is whole or not there, nobody's link is followed, and the umask holds."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from small_encoder import FLAGS

from qmix_core.base import atomic_write
from qmix_core.base.atomic_write import claim_space, load_arrays, rename, save_arrays, whole_file
from qmix_core.base.foreign_files import open_to_extend
from qmix_core.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
posix_only = pytest.mark.skipif(os.name == "nt", reason="links and permission bits of POSIX")


def test_an_older_file_stays_where_the_new_one_cannot_be_written(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")

    def fail() -> None:
        with whole_file(file) as stream:
            stream.write(b"half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@posix_only
def test_a_link_that_waits_is_replaced_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("an original")
    for name in ("a.npz", "a.part"):
        (tmp_path / name).symlink_to(victim)
    save_arrays(tmp_path / "a.npz", {"x": np.arange(3)})
    assert victim.read_text() == "an original"
    assert not (tmp_path / "a.npz").is_symlink()
    assert load_arrays(tmp_path / "a.npz")["x"].tolist() == [0, 1, 2]


@posix_only
@pytest.mark.parametrize("kind", ["link", "fifo"])
def test_what_is_extended_is_a_file_of_its_own(tmp_path, kind):
    victim, place = tmp_path / "victim", tmp_path / "log"
    victim.write_text("text")
    if kind == "link":
        place.symlink_to(victim)
    else:
        os.mkfifo(place)
    with pytest.raises(OSError), open_to_extend(place):  # noqa: PT011
        pass
    assert victim.read_text() == "text"


@posix_only
@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_the_umask_decides_who_reads_a_file(tmp_path, umask, mode):
    before = os.umask(umask)
    try:
        with whole_file(tmp_path / "shared"):
            pass
        with whole_file(tmp_path / "own", private=True):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o600


@posix_only
def test_file_and_folder_are_synced_in_this_order(tmp_path, monkeypatch):
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("folder" if is_folder else "file")
        fsync(descriptor)

    def note_rename(old: Path, new: Path) -> Path:
        steps.append("rename")
        return replace(old, new)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_rename)
    with whole_file(tmp_path / "a"):
        pass
    assert steps == ["file", "rename", "folder"]
    steps.clear()
    (tmp_path / "b").mkdir()
    rename(tmp_path / "a", tmp_path / "b" / "a")
    assert steps == ["rename", "folder", "folder"]


@pytest.mark.parametrize("by", ["claim", "calls"])
def test_claimed_space_is_there_and_reads_as_zeros(tmp_path, monkeypatch, by):
    if by == "calls":
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
    size = 3 * atomic_write._CHUNK + 5
    with whole_file(tmp_path / "a") as file:
        claim_space(file, size)
    assert (tmp_path / "a").read_bytes() == bytes(size)
    if sys.platform == "linux":
        assert (tmp_path / "a").stat().st_blocks * 512 >= size


@posix_only
def test_new_projects_are_for_their_owner_and_exports_follow_the_umask(class_folders, tmp_path):
    before = os.umask(0o022)
    try:
        project, out = tmp_path / "p.qmix", tmp_path / "out.csv"
        command = ["train", str(class_folders), "--project", str(project)]
        assert main([*command, *FLAGS]) == 0
        assert main(["export", str(project), "--what", "scores", "--out", str(out)]) == 0
        links = tmp_path / "folder"
        assert main(["export", str(project), "--what", "folder", "--out", str(links)]) == 0
    finally:
        os.umask(before)
    own = [path for path in project.rglob("*") if path.is_file()]
    assert [path for path in own if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    # it closes the folders inside
    assert stat.S_IMODE(project.stat().st_mode) == 0o700
    assert stat.S_IMODE(out.stat().st_mode) == 0o644
    assert stat.S_IMODE(links.stat().st_mode) == 0o755


#: Ways around atomic_write.py; text of a cell or a name is replaced by `.replace(a, b)`.
_OTHER_WAYS = re.compile(
    r"os\.(replace|rename)\(|\.rename\(|fsync\(|NamedTemporaryFile|mkstemp|mkdtemp"
    r"|\.replace\([^,()=]+(\([^()]*\))?\)|with_suffix\(\"\.part\"\)"
)
_ALLOWED = {
    "qmix_core/base/atomic_write.py",
    # lines are added at the end of a log, and synced there
    "qmix_core/project/storage/journal.py",
    "qmix_core/second_readers/reading.py",
    # a file comes over a line in parts, each kept, and is hashed before it gets its name
    "qmix_core/runners/far_side.py",
    # a whole folder of programs takes its place at once
    "qmix_core/runners/engine_environment.py",
    "qmix_core/runners/carried.py",
}


def test_there_is_one_way_to_write_a_file_whole():
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for package in ("qmix_core", "qmix_gui")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in _ALLOWED
        for line in path.read_text(encoding="utf-8").splitlines()
        if _OTHER_WAYS.search(line)
    ]
    assert found == []
