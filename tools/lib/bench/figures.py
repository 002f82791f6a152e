"""Medians, ratios, and tables of them in Markdown."""

import math
import statistics


class Samples:
    """What was measured, by any key, once in each run and in the order of the runs."""

    def __init__(self):
        self._values = {}

    def add(self, key, figures):
        for name, value in figures.items():
            self._values.setdefault((key, name), []).append(value)

    def median(self, key, name):
        return statistics.median(self._values[key, name])

    def keys(self, name):
        """The keys that have a figure, the largest first."""
        keys = [key for key, named in self._values if named == name]
        return sorted(keys, key=lambda key: self.median(key, name), reverse=True)

    def largest(self, key, name):
        return max(self._values[key, name])

    def ratio(self, key, other, name):
        """Median of the ratios of each run: what disturbs a run disturbs both.

        Not a number when the other is too small to be measured.
        """
        pairs = zip(self._values[key, name], self._values[other, name])
        return statistics.median(one / two if two else math.nan for one, two in pairs)


def number(value):
    """Three significant digits, thousands separated."""
    if value == 0 or math.isnan(value):
        return "0" if value == 0 else "–"
    if abs(value) >= 100:
        digits = max(len(str(int(abs(value)))) - 3, 0)
        return f"{round(value, -digits):,.0f}"
    return f"{value:.3g}"


def table(head, rows):
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, [":---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def targets(rows):
    """A table of targets: what, at most or at least how much, what was measured."""
    lines = []
    for what, bound, limit, measured in rows:
        is_met = measured <= limit if bound == "at most" else measured >= limit
        verdict = "met" if is_met else "**missed**"
        lines.append([what, f"{bound} {number(limit)}", number(measured), verdict])
    return table(["target", "bound", "measured", ""], lines)
