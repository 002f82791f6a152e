/// The event stream interpretation of WHATWG HTML §9.2.6 in its plainest form, on a whole body: what
/// the splitter and the reader together must agree with.
enum EventStreamModel {
    struct Event: Equatable {
        var data: [UInt8]
        var type: [UInt8]?
    }

    /// The events dispatched; the unterminated last block is not.
    static func events(of body: [UInt8]) -> [Event] {
        var events: [Event] = []
        var data: [UInt8] = []
        var type: [UInt8]?
        for line in lines(
            of: body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        ) {
            if line.isEmpty {
                if !data.isEmpty { events.append(Event(data: data.dropLast(), type: type)) }
                data = []
                type = nil
                continue
            }
            let parts = line.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count > 1 ? Array(parts[1]) : []
            if value.first == 0x20 { value.removeFirst() }
            if parts[0].elementsEqual("data".utf8) { data += value + [0x0A] }
            if parts[0].elementsEqual("event".utf8) { type = value }
        }
        return events
    }

    /// The lines that a line end ends.
    private static func lines(of body: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var previous: UInt8 = 0
        for byte in body {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D:
                lines.append(line)
                line = []
            default: line.append(byte)
            }
            previous = byte
        }
        return lines
    }
}
