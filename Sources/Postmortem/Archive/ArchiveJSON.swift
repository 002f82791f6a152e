import Wire

/// Values of a HAR file (HTTP Archive 1.2).
enum ArchiveJSON {
    static func array(_ values: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "[")] + Array(values.joined(separator: [UInt8(ascii: ",")]))
            + [UInt8(ascii: "]")]
    }

    /// Microseconds as a number of milliseconds; never less than 0, whatever the clocks said.
    static func milliseconds(_ span: Int64) -> [UInt8] { decimal(max(0, span), 1_000, digits: 3) }

    /// A wall time as a number of seconds.
    static func seconds(_ at: Int64) -> [UInt8] { decimal(max(0, at), 1_000_000, digits: 6) }

    private static func decimal(_ value: Int64, _ unit: Int64, digits: Int) -> [UInt8] {
        let fraction = String(value % unit)
        let zeros = String(repeating: "0", count: max(0, digits - fraction.utf8.count))
        return Array("\(value / unit).\(zeros)\(fraction)".utf8)
    }

    /// Header fields.
    static func fields(_ fields: [(name: String, value: String)]) -> [UInt8] {
        array(
            fields.map { field in
                var writer = JSONObjectWriter()
                writer.add("name", field.name)
                writer.add("value", field.value)
                return writer.bytes
            }
        )
    }

    /// A body as text, or as Base 64 where it is none.
    static func add(_ body: [UInt8], to writer: inout JSONObjectWriter) {
        if (try? UTF8Span(validating: body.span)) != nil {
            writer.add("text", String(decoding: body, as: UTF8.self))
        } else {
            writer.add("text", Base64.encode(body.span))
            writer.add("encoding", "base64")
        }
    }
}
