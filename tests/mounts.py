"""Memory sticks and network folders for tests: real file systems in FUSE, mounted while they are needed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

_SFTP_SERVER = Path("/usr/lib/openssh/sftp-server")
_IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
MOUNTS = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or not _IS_ROOT, reason="only root of a Linux may mount"),
    pytest.mark.skipif(not Path("/dev/fuse").exists(), reason="this system has no FUSE"),
]
_PROCESS = "process"
_STICK = 24 << 20  # bytes


class Disk(NamedTuple):
    """Where it is seen, and where others reach it, past whatever is remembered about it here."""

    place: Path
    behind: Path


@contextmanager
def exfat(folder: Path, size: int = _STICK) -> Iterator[Disk]:
    """A memory stick: no permissions, capitals taken for small letters, every other second."""
    _need("mkfs.exfat", "mount.exfat-fuse")
    device = _call("losetup", "-f", "--show", _image(folder, size, "mkfs.exfat")).strip()
    try:
        with _mounted(folder / "stick", "mount.exfat-fuse", device, folder / "stick") as place:
            yield Disk(place, place)
    finally:
        _call("losetup", "-d", device)


@contextmanager
def fat(folder: Path) -> Iterator[Disk]:
    """An old memory stick, whose driver does not even know the call for permissions."""
    _need("mkfs.vfat", "fusefat")
    with _mounted(folder / "old", "fusefat", "-o", "rw+", _image(folder, _STICK, "mkfs.vfat"), folder / "old") as place:
        yield Disk(place, place)


@contextmanager
def bound(folder: Path, *options: str) -> Iterator[Disk]:
    """A folder that takes away what the options say."""
    _need("bindfs")
    (behind := folder / "behind").mkdir()
    with _mounted(folder / "front", "bindfs", *options, behind, folder / "front") as place:
        yield Disk(place, behind)


@contextmanager
def ssh(folder: Path, *unknown: str) -> Iterator[Disk]:
    """A network folder whose server does not know some requests.

    sshfs speaks to the server with no ssh between them, so that no port is opened and no key is made.
    """
    _need("sshfs", _SFTP_SERVER)
    (behind := folder / "remote").mkdir()
    server = folder / "server"
    refuse = f"-P {','.join(unknown)}" if unknown else ""
    server.write_text(f"#!/bin/sh\necho $$ > {folder / _PROCESS}\nexec {_SFTP_SERVER} {refuse}\n")
    server.chmod(0o755)
    with _mounted(folder / "share", "sshfs", "-o", f"ssh_command={server}", f"h:{behind}", folder / "share") as place:
        yield Disk(place, behind)


def server_of(disk: Disk) -> int:
    """The process of the server of a network folder."""
    return int((disk.behind.parent / _PROCESS).read_text())


def _need(*programs: str | Path) -> None:
    for program in programs:
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin"):
            pytest.skip(f"{program} is not installed")


def _call(*command: object) -> str:
    return subprocess.run([str(each) for each in command], check=True, capture_output=True, text=True).stdout


def _image(folder: Path, size: int, program: str) -> Path:
    (image := folder / "image").touch()
    os.truncate(image, size)
    _call(program, image)
    return image


@contextmanager
def _mounted(place: Path, *command: object) -> Iterator[Path]:
    place.mkdir()
    try:
        _call(*command)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"{command[0]} cannot mount here: {error.stderr[-200:]}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)
