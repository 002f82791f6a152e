import Events
import Session

/// A page that tells a dialogue to people: verdicts, then the sequence diagram of each connection, whose rows
/// open to show their payloads. It is one HTML file that needs nothing else, runs no script, and lets
/// none run.
public struct ConversationPage {
    /// What it is about: the id that was asked for.
    public var id: String
    /// The connections, in order.
    public var connections: [PageConnection] = []
    /// What their events prove, the first cause first.
    public var verdicts: [Verdict] = []
    /// What else is to be said at the top: name and value.
    public var facts: [(name: String, value: String)] = []
    /// What the gateway itself recorded in that time: when, what, and the payload.
    public var gateway: [(at: Int64, name: String, payload: [UInt8])] = []

    /// A page about an id.
    public init(id: String) { self.id = id }

    /// Gives the page's HTML, part by part.
    public func write(to output: (String) throws -> Void) rethrows {
        try output(head)
        try output(top)
        for connection in connections {
            try output(Self.begin(connection))
            let (before, after) = connection.parts
            try Self.write(before, to: output)
            if connection.omitted > 0 {
                try output(
                    "<p class=\"gap\">\(connection.omitted) rows are left out here:"
                        + " <code>replay show \(connection.number)</code> has them</p>"
                )
            }
            try Self.write(after, to: output)
            try output("</div></section>\n")
        }
        try output(Self.end)
    }

    /// In groups, of which a browser lays out only those that are seen.
    private static func write(
        _ items: [PageItem],
        to output: (String) throws -> Void
    ) rethrows {
        for start in stride(from: 0, to: items.count, by: groupSize) {
            try output("<div class=\"group\">")
            for item in items[start..<min(start + groupSize, items.count)] {
                try output(html(item))
            }
            try output("</div>")
        }
    }

    private static let groupSize = 50

    private var head: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(HTMLText.escape(id)) – conversation</title>
        <style>
        \(String(decoding: PackageResources.page_css, as: UTF8.self))
        </style>
        </head>
        <body>
        <main>

        """
    }

    private static let end = """
        <footer>Times are UTC. A row opens with a click, or with Enter when it has the focus; what the \
        IDE has taken, its socket has taken, which does not say that it was read.</footer>
        </main>
        </body>
        </html>

        """

    private var top: String {
        var html = "<header class=\"top\"><p class=\"eyebrow\">Conversation</p>"
        html += "<h1>\(Self.ids(id, connections.compactMap(\.summary)))</h1><dl class=\"facts\">"
        for fact in facts {
            html += "<div><dt>\(HTMLText.escape(fact.name))</dt>"
            html += "<dd>\(HTMLText.escape(fact.value))</dd></div>"
        }
        html +=
            "</dl></header>\n<section aria-labelledby=\"verdicts\"><h2 id=\"verdicts\">Verdicts</h2>"
        html += verdicts.isEmpty ? Self.noVerdict : verdictList
        html += "</section>\n" + gatewayList
        return html
    }

    /// The ids from the first to the last: `new_1 → abc-123`.
    private static func ids(_ id: String, _ connections: [ConnectionSummary]) -> String {
        var ids: [String] = []
        for connection in connections where connection.hasOpening {
            for next in [connection.pathID] + connection.boundTo where !ids.contains(next) {
                ids.append(next)
            }
        }
        if ids.isEmpty { ids = [id] }
        let shown = ids.prefix(4).map { id in
            let style = TemporaryID(id) == nil ? "session" : "temporary"
            return "<code class=\"\(style)\">\(HTMLText.escape(id))</code>"
        }
        return shown.joined(separator: "<span class=\"to\">→</span>")
            + (ids.count > 4 ? "<span class=\"to\">and \(ids.count - 4) more</span>" : "")
    }

    private static let noVerdict =
        "<p class=\"none\">Nothing is to be said: the events tell of no failure.</p>"

    private var verdictList: String {
        "<ol class=\"verdicts\">" + verdicts.map(Self.html).joined() + "</ol>"
    }

    private static func html(_ verdict: Verdict) -> String {
        let proofs = verdict.evidence.map { proof in
            let place = PageRow.anchor(proof.connection, proof.ordinal)
            return """
                <li><a href="#\(place)">position \(proof.position)</a> \
                <span class="what">\(HTMLText.escape(proof.what))</span></li>
                """
        }
        let fault =
            verdict.side == .nobody
            ? "" : "<span class=\"fault\">at fault: \(HTMLText.escape(verdict.side.words))</span>"
        let advice =
            verdict.severity == .fine
            ? "" : "<p class=\"advice\"><b>Next:</b> \(HTMLText.escape(verdict.name.advice))</p>"
        return """
            <li class="verdict \(verdict.severity.rawValue)" data-verdict="\(verdict.name.rawValue)">\
            <p class="name"><span class="mark">\(verdict.severity.rawValue)</span>\
            <code>\(verdict.name.rawValue)</code>\(fault)\
            <span class="on">connection \(verdict.connection)</span></p>\
            <p class="words">\(HTMLText.escape(verdict.words))</p>\
            <ul class="proof">\(proofs.joined())</ul>\(advice)</li>

            """
    }

    private var gatewayList: String {
        guard !gateway.isEmpty else { return "" }
        let lines = gateway.map { event in
            let payload = event.payload.prefix(PageRow.payloadLimit)
            let text = JSONIndentation.indent(event.payload) ?? Array(payload)
            return """
                <li><details><summary><time>\(Timestamp.dateAndTime(event.at))</time>\
                \(HTMLText.escape(event.name))</summary>\
                <pre tabindex="0">\(HTMLText.escape(text, isBlock: true))</pre></details></li>
                """
        }
        return "<section><h2>The gateway in that time</h2><ul class=\"gateway\">"
            + lines.joined() + "</ul></section>\n"
    }

    private static func begin(_ connection: PageConnection) -> String {
        let summary = connection.summary
        let ids = summary.map { Self.ids("?", [$0]) } ?? ""
        let number = connection.number
        let opened = summary.map { Timestamp.dateAndTime($0.openedAt) } ?? ""
        let facts = [
            "opened \(opened)", "\(summary?.events ?? 0) events", "\(summary?.turns ?? 0) turns",
            "\(summary?.chunks ?? 0) chunks", "closed: \(summary?.ending ?? "?")",
        ]
        return """
            <section class="connection" id="connection-\(number)" data-events="\(summary?.events ?? 0)">\
            <h2>Connection \(number) \(ids)</h2>\
            <p class="sub">\(facts.map { HTMLText.escape($0) }.joined(separator: " · "))</p>
            <div class="diagram"><div class="heads"><span></span>\(LaneDrawing.heads)<span></span></div>

            """
    }

    private static func html(_ item: PageItem) -> String {
        switch item {
        case .row(let row): row.html
        case .run(let run): run.html
        }
    }
}
