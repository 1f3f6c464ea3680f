"""Whether a database file is on a disk of this machine: locks and shared memory do not hold over a network."""

import os
from pathlib import Path

from voting.journal.faults import NetworkDrive

MOUNTS = Path("/proc/self/mountinfo")

_REMOTE = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "coda", "drvfs", "fuse", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs"}
    | {"nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"}
)


def refuse_network_drive(path: Path, mounts: str | None = None) -> None:
    """Refuse a path on a drive that is not this machine's own; `mounts` stands for the kernel's table in tests."""
    kind = _unc(path) or _kind(path.resolve(), _table() if mounts is None else mounts)
    if kind in _REMOTE or kind.startswith("fuse.") or kind == "unc":
        raise NetworkDrive(path=str(path), kind=kind)


def _table() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # not Linux: there is no such table
        return ""


def _unc(path: Path) -> str:
    return "unc" if os.name == "nt" and str(path).startswith("\\\\") else ""


def _kind(path: Path, mounts: str) -> str:
    """The kind of file system that holds this path: of the longest mount point above it, the last mounted."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, source = before.split(" "), after.split(" ")
        if len(fields) < 5 or not source[0]:
            continue
        point = Path(_unescape(fields[4]))
        if len(point.parts) >= best and path.is_relative_to(point):
            best, kind = len(point.parts), source[0]
    return kind


def _unescape(text: str) -> str:
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        text = text.replace(code, character)
    return text
