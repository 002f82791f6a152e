"""The part that draws: delay of a chunk by the load that is offered."""

from figures import number, table
from parts import Part, part
from plot import Curve, draw
from stage import CONTESTANTS, NORMAL, Scene

CHUNKS_PER_S = 50


@part
class Delay(Part):
    name = "delay"
    summary = "delay of a chunk by offered load, with a picture"
    full = {"connections": [50, 100, 200, 400, 800, 1600], "chunks": 50}
    quick = {"connections": [100, 400, 1600], "chunks": 50}
    smoke = {"connections": [10, 20], "chunks": 10}

    def measure(self):
        for connections in self.sizes["connections"]:
            for between in CONTESTANTS:
                with Scene(self.stage, between) as scene:
                    found = scene.run_swarm(
                        connections=connections,
                        chunks=self.sizes["chunks"],
                        pace_us=1_000_000 // CHUNKS_PER_S,
                        spread=1,
                        turns=3,
                        warm_up=1,
                    )
                    self.samples.add((between, connections), found)

    def report(self):
        rows = []
        for connections in self.sizes["connections"]:
            row = [f"{connections * CHUNKS_PER_S:,}"]
            for between in CONTESTANTS:
                p50, p99 = (self.samples.median((between, connections), p) for p in ("p50", "p99"))
                row.append(f"{number(p50)} / {number(p99)}")
            row.append(f"{self.samples.median((NORMAL, connections), 'load'):.0%}")
            rows.append(row)
        head = ["chunks/s offered", *[f"{name}: p50 / p99 µs" for name in CONTESTANTS]]
        return table(head + ["load's core"], rows)

    def picture(self):
        """An SVG document."""
        curves = []
        for between in CONTESTANTS:
            for percentile in ("p50", "p99"):
                points = [
                    (count * CHUNKS_PER_S, self.samples.median((between, count), percentile))
                    for count in self.sizes["connections"]
                ]
                curves.append(Curve(between, percentile, points))
        return draw(curves)
