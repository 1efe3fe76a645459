"""The certificate authorities that were added to those a Linux brings: a company's, for instance."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtNetwork import QSsl, QSslCertificate

#: Where an administrator puts them: Debian and its kin, Fedora and its kin, Arch, SUSE.
_ADDED = (
    "/usr/local/share/ca-certificates",
    "/etc/pki/ca-trust/source/anchors",
    "/etc/ca-certificates/trust-source/anchors",
    "/etc/pki/trust/anchors",
)
#: Names a file of authorities in place of the system's (OpenSSL).
_VARIABLE = "SSL_CERT_FILE"
_ENDINGS = {".crt", ".pem", ".cer", ".der"}


def added_authorities() -> list[QSslCertificate]:
    """The added authorities, for the web engine, which knows the public ones; a file that is none is passed over.

    On Windows and macOS the web engine asks the system itself.
    """
    if not sys.platform.startswith("linux"):
        return []
    files = [one for folder in map(Path, _ADDED) if folder.is_dir() for one in sorted(folder.rglob("*"))]
    paths = [one for one in files if one.suffix.lower() in _ENDINGS]
    if file := os.environ.get(_VARIABLE):
        paths.append(Path(file))
    return [
        authority
        for path in paths
        for form in (QSsl.EncodingFormat.Pem, QSsl.EncodingFormat.Der)
        for authority in QSslCertificate.fromPath(str(path), form)
        if not authority.isNull()
    ]
