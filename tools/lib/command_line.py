"""The command line that checks have in common."""

import argparse


def parser(name):
    """Where the programs are, and where event logs are left."""
    found = argparse.ArgumentParser(prog=name, add_help=False)
    found.add_argument("--programs", required=True)
    found.add_argument("--logs", required=True)
    return found
