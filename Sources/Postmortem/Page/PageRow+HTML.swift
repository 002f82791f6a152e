import Events

extension PageRow {
    /// The event's place in the page.
    static func anchor(_ connection: Int64, _ ordinal: Int64) -> String {
        "c\(connection)-e\(ordinal)"
    }

    /// The row, closed.
    var html: String {
        let header = entry.header
        let place = Self.anchor(header.connection, header.ordinal)
        let kind = header.knownKind?.name ?? "unknown"
        return """
            <details class="row" data-kind="\(kind)" data-position="\(entry.position)"><summary>\
            <span class="at">\(Timestamp.time(header.at).dropLast(3))</span>\
            \(LaneDrawing.row(arrows, lifelines))\
            <span class="since">\(entry.sinceLast.map { Timestamp.span($0) } ?? "")</span>\
            </summary><div class="panel" id="\(place)">\(panel)</div></details>\(band)

            """
    }

    /// What changed for all that follows.
    private var band: String {
        guard let binding else { return "" }
        return """
            <p class="bound"><span class="mark">bound</span><code>\(HTMLText.escape(binding.before))</code>\
            <span class="to">→</span><code>\(HTMLText.escape(binding.after))</code></p>
            """
    }

    private var panel: String {
        let header = entry.header
        var html = "<p class=\"title\">\(HTMLText.escape(entry.title))</p><dl>"
        func add(_ name: String, _ value: String) {
            html += "<div><dt>\(name)</dt><dd>\(value)</dd></div>"
        }
        add("position", "\(entry.position)")
        add("ordinal", "\(header.ordinal)")
        if header.cause > 0 {
            let place = Self.anchor(header.connection, header.cause)
            add("came of", "<a href=\"#\(place)\">\(header.cause)</a>")
        }
        add("time", Timestamp.iso8601(header.at))
        add("kind", "\(header.knownKind?.name ?? "\(header.kind)"), detail \(header.detail)")
        if let turn = entry.turn { add("turn", "\(turn)") }
        if let taking = entry.taking {
            add(
                "taken by the IDE",
                "\(Timestamp.span(taking.at &- header.at)) after it at the latest"
            )
        }
        html += "</dl>" + notes + payload
        return html
    }

    private var notes: String {
        var notes = entry.outcomes.map { ("outcome", "⇒ \($0)") }
        notes += entry.changes.map { ("change", "∆ \($0.part): \($0.before) → \($0.after)") }
        notes += entry.anomalies.map { ("anomaly", "! \($0.words)") }
        if !entry.isIntact {
            notes.append(("anomaly", "! the row is damaged: its checksum is wrong"))
        }
        guard !notes.isEmpty else { return "" }
        return "<ul>"
            + notes.map { "<li class=\"\($0.0)\">\(HTMLText.escape($0.1))</li>" }.joined()
            + "</ul>"
    }

    private var payload: String {
        guard payloadBytes > 0 else { return "<p class=\"none\">no payload</p>" }
        let shown = entry.payload
        let isWhole = shown.count == payloadBytes
        let indented = isWhole ? JSONIndentation.indent(shown) : nil
        let size =
            isWhole
            ? "\(payloadBytes) bytes" + (indented == nil ? "" : ", indented here")
            : "the first \(shown.count) of \(payloadBytes) bytes"
        return "<p class=\"size\">\(size)</p><pre tabindex=\"0\">"
            + HTMLText.escape(indented ?? shown, isBlock: true) + "</pre>"
    }
}

extension PageRun {
    /// The run, closed; its chunks open one by one.
    var html: String {
        guard let head = rows.first, let tail = rows.last else { return "" }
        let span = lastAt &- head.entry.header.at
        var arrows = head.arrows
        for index in arrows.indices {
            arrows[index].label = index == 0 ? "\(type) × \(chunks)" : "× \(chunks) forwarded"
        }
        let lifelines = PageRow.Lifelines(
            isOpen: (head.lifelines.isOpen.before, tail.lifelines.isOpen.after),
            isBusy: (head.lifelines.isBusy.before, tail.lifelines.isBusy.after),
            identity: (head.lifelines.identity.before, tail.lifelines.identity.after)
        )
        let words = text.isEmpty ? "" : "<p class=\"said\">\(HTMLText.label(text, limit: 240))</p>"
        let rest =
            omitted == 0 ? "" : "<p class=\"gap\">\(omitted) more rows of this run are left out</p>"
        return """
            <details class="row run" data-kind="run" data-chunks="\(chunks)"><summary>\
            <span class="at">\(Timestamp.time(head.entry.header.at).dropLast(3))</span>\
            \(LaneDrawing.row(arrows, lifelines, isMany: true))\
            <span class="since">\(Timestamp.span(span))</span></summary><div class="inner">\(words)
            \(rows.map(\.html).joined())\(rest)</div></details>

            """
    }
}
