"""What a part of the benchmark is. The parts register themselves here."""

PARTS = {}


def part(cls):
    """A class becomes a part, by its `name`."""
    PARTS[cls.name] = cls
    return cls


class Part:
    """Measures once in each run; then tells what came out.

    `sizes` are the class's `full`, `quick` or `smoke`, whichever is asked for.
    """

    name = summary = ""
    full = quick = smoke = {}

    def __init__(self, stage, sizes, samples):
        self.stage = stage
        self.sizes = sizes
        self.samples = samples

    @classmethod
    def missing(cls):
        """What it needs and does not find, in words; None: nothing."""
        return None

    def measure(self):
        """One run: everything that is compared, one after the other."""

    def report(self):
        """The tables, Markdown."""
        return ""

    def finish(self):
        """Takes away what was kept from run to run."""
