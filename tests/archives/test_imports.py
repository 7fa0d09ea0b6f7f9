import subprocess
import sys

EVERYTHING = "choosing, reading, rewriting, verifying, writing"


def test_what_unpacks_zstd_is_imported_when_it_is_met():
    script = (
        f"from layerhold.archives import {EVERYTHING}; import sys; "
        "sys.exit(any(name in sys.modules for name in ('_zstd', 'backports.zstd')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
