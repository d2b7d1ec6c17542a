"""Ask /healthz over plain HTTP, as the outside would name us; the exit code is the answer. For container health checks.

The Host header is the one of BASE_URL, so that ALLOWED_HOSTS need not open up for probes.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    origin = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    request = urllib.request.Request(f"{origin}/healthz")  # noqa: S310 - the operator's own address
    request.add_header("Host", urlsplit(os.environ.get("BASE_URL", "http://localhost:8000")).netloc)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            print(answer.read().decode())
            return 0
    except urllib.error.HTTPError as refused:
        print(refused.code, refused.read().decode(errors="replace")[:500])
    except OSError as absent:
        print(absent)
    return 1


if __name__ == "__main__":
    sys.exit(main())
