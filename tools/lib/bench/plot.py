"""Curves on two logarithmic axes, as SVG that can be read on light and on dark ground."""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 74, 200, 24, 56
# Middle tones, letters too: enough contrast on white and on near-black. A document that shows the
# picture may be dark without telling it.
COLOURS = ["#8a8f98", "#3d8bd4", "#2a9d5c", "#d9772b"]
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #6e7781 }
  .grid { stroke: #8a8f98; stroke-opacity: .3 }
  .axis { stroke: #8a8f98; fill: none }
"""


@dataclass
class Curve:
    name: str
    percentile: str
    points: list


class Axis:
    """From values to places, logarithmic."""

    def __init__(self, values, begin, end):
        self.low, self.high = math.log10(min(values) / 1.1), math.log10(max(values) * 1.1)
        self.begin, self.end = begin, end

    def place(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self):
        """1, 2 and 5 times the powers of ten."""
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for step in (1, 2, 5):
                value = step * 10**power
                if self.low <= math.log10(value) <= self.high:
                    yield value


def duration(us):
    return f"{us / 1000:,g} ms" if us >= 1000 else f"{us:g} µs"


def text(x, y, content, anchor="start"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{content}</text>'


def line(x1, y1, x2, y2, attributes):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {attributes}/>'


def draw(curves):
    """Offered chunks a second to the right, delay upwards; p50 solid, p99 dashed."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    x = Axis([point[0] for curve in curves for point in curve.points], LEFT, right)
    y = Axis([max(point[1], 1) for curve in curves for point in curve.points], bottom, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">',
        "<title>Delay of a chunk by offered load</title>",
        f"<style>{STYLE}</style>",
    ]
    for value in sorted({load for curve in curves for load, _ in curve.points}):
        parts.append(line(x.place(value), TOP, x.place(value), bottom, 'class="grid"'))
        parts.append(text(x.place(value), bottom + 18, f"{value:,.0f}", "middle"))
    for value in y.ticks():
        parts.append(line(LEFT, y.place(value), right, y.place(value), 'class="grid"'))
        parts.append(text(LEFT - 8, y.place(value) + 4, duration(value), "end"))
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{bottom}H{right}"/>')
    parts.append(text((LEFT + right) / 2, HEIGHT - 14, "offered chunks a second", "middle"))
    names = list(dict.fromkeys(curve.name for curve in curves))
    for curve in curves:
        colour = COLOURS[names.index(curve.name) % len(COLOURS)]
        dash = ' stroke-dasharray="6 4"' if curve.percentile == "p99" else ""
        places = [(x.place(load), y.place(max(delay, 1))) for load, delay in curve.points]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        )
        for px, py in places:
            parts.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>')
    for index, name in enumerate(names):
        for row, (label, dash) in enumerate((("p50", ""), ("p99", 'stroke-dasharray="6 4"'))):
            place = TOP + 16 + index * 44 + row * 18
            look = f'stroke="{COLOURS[index % len(COLOURS)]}" stroke-width="2" {dash}'
            parts.append(line(right + 18, place - 4, right + 46, place - 4, look))
            parts.append(text(right + 54, place, f"{name}, {label}"))
    return "\n".join(parts + ["</svg>", ""])
