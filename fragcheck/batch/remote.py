"""Documents and tables that are not on this machine, by fsspec URLs: ``s3://…``, ``memory://…``, ``file://…``."""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from fragcheck.errors import InputError, OptionalDependencyMissing, StoreError, UnreadableInput

__all__ = ["RemoteFile", "fetch", "is_url", "listed", "publish", "remote_file"]

#: What tells two states of a remote file apart, as far as its file system says it.
_MARKS = ("ETag", "etag", "mtime", "LastModified", "created", "md5Hash")
#: Where an S3-compatible server that is not Amazon's is named.
_ENDPOINT = "AWS_ENDPOINT_URL"


class RemoteFile:
    """A file by its URL, the name it goes by, and where its copy on this machine stands or will stand."""

    __slots__ = ("copy", "name", "url")

    def __init__(self, url: str, name: str, copy: Path) -> None:
        self.url = url
        self.name = name
        self.copy = copy


def is_url(text: str) -> bool:
    """True for what names a file system: ``s3://bucket/laws``."""
    return "://" in text


def listed(url: str, copies: Path) -> Iterator[RemoteFile]:
    """Yield the files in and below a remote folder; nothing is copied yet.

    Raises
    ------
    InputError
        Where the folder cannot be listed.
    """
    system, root = _open(url)
    try:
        found = system.find(root, detail=True)
    except Exception as error:  # every file system has errors of its own
        raise _unreachable(url, error) from error
    for path, info in sorted(found.items()):
        name = PurePosixPath(path).relative_to(PurePosixPath(root)).as_posix()
        full = system.unstrip_protocol(path)
        yield RemoteFile(full, name, _copy(full, info, copies))


def remote_file(url: str, copies: Path) -> RemoteFile:
    """Return one file by its URL.

    Raises
    ------
    InputError
        Where it is not there, or cannot be reached.
    """
    system, path = _open(url)
    try:
        info = system.info(path)
    except Exception as error:  # every file system has errors of its own
        raise _unreachable(url, error) from error
    return RemoteFile(url, url, _copy(url, info, copies))


def fetch(url: str, copy: Path) -> Path:
    """Copy a remote file to where its copy belongs, unless it is there.

    Raises
    ------
    UnreadableInput
        Where it cannot be read.
    """
    if copy.exists():
        return copy
    part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    try:
        system, path = _open(url)
        copy.parent.mkdir(parents=True, exist_ok=True)
        system.get_file(path, str(part))
        part.replace(copy)
    except OptionalDependencyMissing:
        raise
    except Exception as error:
        raise UnreadableInput(
            f"{url}: the file cannot be copied to this machine ({_reason(error)})"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return copy


def publish(folder: Path, url: str, names: tuple[str, ...]) -> None:
    """Copy finished files of a folder to a remote one.

    Raises
    ------
    StoreError
        Where they cannot be written.
    """
    system, root = _open(url)
    try:
        system.makedirs(root, exist_ok=True)
        for name in names:
            system.put_file(str(folder / name), f"{root.rstrip('/')}/{name}")
    except Exception as error:
        raise StoreError(
            f"{url}: the tables cannot be written there ({_reason(error)}); they stand in {folder}"
        ) from error


def _open(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    try:
        fsspec: Any = importlib.import_module("fsspec")
    except ImportError as error:
        raise OptionalDependencyMissing(
            f"{url} wants fsspec, which is not installed; run `pip install 'fragcheck[remote]'`"
        ) from error
    try:
        system, path = fsspec.url_to_fs(url)
    except ImportError as error:
        if not url.startswith("s3://"):
            raise OptionalDependencyMissing(f"{url}: {error}") from error
        return _arrow_s3(), url.removeprefix("s3://")
    except ValueError as error:
        raise InputError(f"{url}: a URL of a known file system is wanted ({error})") from error
    return system, str(path)


def _arrow_s3() -> Any:  # noqa: ANN401 - a file system of fsspec
    """S3 as pyarrow has it: without s3fs, with the credentials of the environment."""
    from fsspec.implementations.arrow import ArrowFSWrapper
    from pyarrow.fs import S3FileSystem

    endpoint = urlsplit(os.environ.get(_ENDPOINT, ""))
    where = {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme} if endpoint.netloc else {}
    # One request for a small file: not every server that speaks S3 puts parts together as Amazon does.
    return ArrowFSWrapper(S3FileSystem(**where, allow_delayed_open=True))


def _copy(url: str, info: dict[str, Any], copies: Path) -> Path:
    """Where the copy of this state of a file belongs; another state gets another place."""
    state = [url, str(info.get("size"))] + [f"{name}={info[name]}" for name in _MARKS if name in info]
    return copies / hashlib.sha256("\n".join(state).encode()).hexdigest()[:32] / PurePosixPath(url).name


def _unreachable(url: str, error: Exception) -> InputError:
    return InputError(f"{url}: a file or folder that can be reached is wanted ({_reason(error)})")


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"
