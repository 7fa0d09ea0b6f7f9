"""An authority of the tests, and what it certifies."""

import subprocess
from pathlib import Path

from fakes.registry_server import Certificates
from needs import need

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
NAMES = "subjectAltName=IP:127.0.0.1,DNS:localhost"


def make(folder: Path) -> Certificates:
    """A new authority, and a certificate of it for this machine."""
    root, root_key = folder / "root.pem", folder / "root.key"
    own, own_key = folder / "own.pem", folder / "own.key"
    _openssl("req", "-x509", *CURVE, "-subj", "/CN=Tests", "-keyout", root_key, "-out", root)
    _openssl(
        *("req", "-x509", *CURVE, "-subj", "/CN=registry", "-addext", NAMES),
        *("-addext", "basicConstraints=CA:FALSE"),
        *("-CA", root, "-CAkey", root_key, "-keyout", own_key, "-out", own),
    )
    return Certificates(root, own, own_key)


def _openssl(*args: str | Path) -> None:
    subprocess.run([need("openssl"), *args], check=True, capture_output=True)
