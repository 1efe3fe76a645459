"""Files that open with a password only: an AES zip, and age for experts.

Each library is imported where it is used: a person who protects no file waits for none.
"""

import io

from gui.errors import UserError
from gui.values import Secret


def encrypt_zip(name: str, content: bytes, password: Secret) -> bytes:
    """A zip archive that holds `content` as a file of this name, under AES-256. The name stays readable."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.reveal().encode())
        archive.writestr(name, content)
    return out.getvalue()


def encrypt_age(content: bytes, keys: str) -> bytes:
    """`content` encrypted with age for the holders of these public keys ("age1…" or "ssh-ed25519 …", a line each).

    Not under a passphrase: that takes seconds in which nothing else of the program runs. Raises UserError for what is
    no key.
    """
    import pyrage

    recipients = []
    for line in filter(None, map(str.strip, keys.splitlines())):
        try:
            recipients.append(
                pyrage.x25519.Recipient.from_str(line)
                if line.startswith("age1")
                else pyrage.ssh.Recipient.from_str(line)
            )
        # The library's own kinds of error differ from version to version, and may quote a secret key that was pasted.
        except Exception:
            recipients.clear()
            break
    if not recipients:
        raise UserError("export_no_age_key")
    encrypted: bytes = pyrage.encrypt(content, recipients)
    return encrypted
