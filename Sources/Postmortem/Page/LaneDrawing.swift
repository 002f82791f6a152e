/// Draws one row of the sequence diagram as SVG: the lifelines through it, and its arrows.
enum LaneDrawing {
    static let width = 760
    private static let height = 38
    /// Where the arrow runs, and where its label stands.
    private static let line = 27
    private static let text = 17
    /// How long a label between two lifelines may be, characters.
    private static let labelLimit = 40

    private static func x(_ lane: PageArrow.Lane) -> Int {
        switch lane {
        case .ide: 60
        case .gateway: 380
        case .agent: 700
        }
    }

    /// The heads of the lifelines.
    static let heads: String = {
        let boxes = [PageArrow.Lane.ide, .gateway, .agent].map { lane in
            let name = lane == .ide ? "IDE" : lane == .gateway ? "Gateway" : "Agent"
            return """
                <rect class="head" x="\(x(lane) - 48)" y="4" width="96" height="28" rx="7"/>\
                <text class="headname" x="\(x(lane))" y="23">\(name)</text>
                """
        }
        return "<svg viewBox=\"0 0 \(width) 36\" role=\"img\" aria-label=\"IDE, gateway, agent\">"
            + boxes.joined() + "</svg>"
    }()

    /// A row. `weight`: whether its arrows stand for many.
    static func row(
        _ arrows: [PageArrow],
        _ lifelines: PageRow.Lifelines,
        isMany: Bool = false
    ) -> String {
        let words = arrows.map(\.words).joined(separator: "; ")
        var svg = """
            <svg viewBox="0 0 \(width) \(height)" role="img" aria-label="\(HTMLText.label(words, limit: 200))">
            """
        svg += lines(lifelines)
        for arrow in arrows { svg += draw(arrow, isMany: isMany) }
        return svg + "</svg>"
    }

    private static func lines(_ lifelines: PageRow.Lifelines) -> String {
        // A little into the neighbours, so that no seam shows.
        half(.ide, lifelines.isOpen.before ? "on" : "off", -1, line)
            + half(.ide, lifelines.isOpen.after ? "on" : "off", line, height + 1)
            + half(.gateway, "is-\(lifelines.identity.before)", -1, line)
            + half(.gateway, "is-\(lifelines.identity.after)", line, height + 1)
            + half(.agent, "off", -1, height + 1)
            + activity(lifelines.isBusy)
    }

    private static func half(
        _ lane: PageArrow.Lane,
        _ style: String,
        _ top: Int,
        _ bottom: Int
    ) -> String {
        "<path class=\"life \(style)\" d=\"M\(x(lane)) \(top)V\(bottom)\"/>"
    }

    /// A turn under way is a bar on the agent's lifeline.
    private static func activity(_ isBusy: (before: Bool, after: Bool)) -> String {
        guard isBusy.before || isBusy.after else { return "" }
        let top = isBusy.before ? 0 : line
        let bottom = isBusy.after ? height : line
        return "<rect class=\"turn\" x=\"\(x(.agent) - 4)\" y=\"\(top)\" width=\"8\""
            + " height=\"\(bottom - top)\"/>"
    }

    private static func draw(_ arrow: PageArrow, isMany: Bool) -> String {
        let style = "a \(arrow.style)" + (isMany ? " many" : "")
        let (from, to) = (x(arrow.from), x(arrow.to))
        guard from != to else {
            return "<g class=\"\(style)\"><circle cx=\"\(from)\" cy=\"\(line)\" r=\"4.5\"/>"
                + "<text class=\"side\" x=\"\(from + 14)\" y=\"\(line + 4)\">"
                + HTMLText.label(arrow.label, limit: labelLimit) + "</text></g>"
        }
        let way = to > from ? 1 : -1
        let start = from + way * 6
        let tip = arrow.isCut ? (from + to * 2) / 3 : to - way * 6
        var svg = "<g class=\"\(style)\" data-from=\"\(arrow.from.rawValue)\""
        svg +=
            " data-to=\"\(arrow.to.rawValue)\"><path class=\"shaft\" d=\"M\(start) \(line)H\(tip)\"/>"
        svg += arrow.isCut ? cross(tip + way * 7) : head(tip, way)
        let label = HTMLText.label(arrow.label, limit: labelLimit)
        return svg + "<text x=\"\((from + to) / 2)\" y=\"\(text)\">\(label)</text></g>"
    }

    private static func head(_ tip: Int, _ way: Int) -> String {
        let back = tip - way * 8
        return "<path class=\"tip\" d=\"M\(tip) \(line)L\(back) \(line - 4)V\(line + 4)Z\"/>"
    }

    private static func cross(_ x: Int) -> String {
        "<path class=\"cross\" d=\"M\(x - 5) \(line - 5)l10 10m0 -10l-10 10\"/>"
    }
}
