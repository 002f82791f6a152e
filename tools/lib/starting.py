"""What programs are started with, and how it is seen that they listen; for the checks and the benchmark."""

import os
import re


def environment(settings):
    """The settings of whoever runs a script are not those that it is about."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GATEWAY_") and name != "PORT"
    }
    return inherited | settings


def port_in(output):
    """The port that a program listens on; None when it has not yet said so."""
    found = re.search(r"Listening on 127\.0\.0\.1:(\d+)", output)
    return int(found[1]) if found else None
