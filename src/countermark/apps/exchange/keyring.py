"""Private keys of this node: one file each, readable by its owner only, named by the key id."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from countermark.domain.envelopes.keys import KeyPair, KeyUse
from countermark.domain.errors import NotFound


def key_make(use: KeyUse) -> KeyPair:
    """Return a new key pair whose private half is safely on disk.

    The file is synchronised before the caller writes the public half to the database: a crash
    between the two leaves a file nobody knows of, never a key nobody has.
    """
    maker = X25519PrivateKey if use is KeyUse.ENCRYPT else Ed25519PrivateKey
    pair = KeyPair.of(use, maker.generate())
    pem = pair.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder = _folder()
    descriptor = os.open(folder / f"{pair.kid}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)
    return pair


def key_load(use: KeyUse, kid: str) -> KeyPair:
    """Return a key pair of this node from its file.

    Raises:
        NotFound: ``private-key-missing``: the file is not there, or holds another key.
    """
    try:
        private = load_pem_private_key((_folder() / f"{kid}.pem").read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise NotFound("private-key-missing", kid=kid) from error
    if isinstance(private, Ed25519PrivateKey | X25519PrivateKey):
        pair = KeyPair.of(use, private)
        if pair.kid == kid:
            return pair
    raise NotFound("private-key-missing", kid=kid)


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
