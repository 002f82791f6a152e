extension SSEBlockReader {
    /// Takes in one line that is not blank (WHATWG HTML §9.2.6, "process the field").
    @inline(__always)
    mutating func readLine(_ block: Span<UInt8>, _ line: Range<Int>) {
        if block[line.lowerBound] == SSEByte.colon {
            if kind == .blank { kind = .comment }
            return
        }
        if kind != .event { kind = .fields }
        let (name, value) = Self.split(block, line)
        // The field names all differ in their first letter.
        switch block[line.lowerBound] {
        case UInt8(ascii: "d") where Self.equals(block, name, "data"): readData(block, value)
        case UInt8(ascii: "e") where Self.equals(block, name, "event"): eventType = value
        case UInt8(ascii: "i") where Self.equals(block, name, "id"): readID(block, value)
        case UInt8(ascii: "r") where Self.equals(block, name, "retry"): readRetry(block, value)
        default: break
        }
    }

    /// Name and value of a field. Without a colon the line is the name; one space after the colon is
    /// not part of the value.
    @inline(__always)
    private static func split(
        _ block: Span<UInt8>,
        _ line: Range<Int>
    ) -> (name: Range<Int>, value: Range<Int>) {
        var colon = line.lowerBound
        while colon < line.upperBound, block[colon] != SSEByte.colon { colon += 1 }
        var start = min(colon + 1, line.upperBound)
        if start < line.upperBound, block[start] == SSEByte.space { start += 1 }
        return (line.lowerBound..<colon, start..<line.upperBound)
    }

    @inline(__always)
    private mutating func readData(_ block: Span<UInt8>, _ value: Range<Int>) {
        if dataLineCount == 1 { appendToJoined(block, dataRange) }
        if dataLineCount >= 1 {
            joinedData.append(SSEByte.lineFeed)
            appendToJoined(block, value)
        }
        kind = .event
        dataRange = value
        dataLineCount += 1
    }

    private mutating func appendToJoined(_ block: Span<UInt8>, _ range: Range<Int>) {
        joinedData.append(copying: block.extracting(range))
    }

    private mutating func readID(_ block: Span<UInt8>, _ value: Range<Int>) {
        for index in value where block[index] == 0 { return }
        lastEventID = value
    }

    private mutating func readRetry(_ block: Span<UInt8>, _ value: Range<Int>) {
        guard !value.isEmpty else { return }
        var milliseconds = 0
        for index in value {
            let digit = Int(block[index]) - Int(UInt8(ascii: "0"))
            guard 0...9 ~= digit else { return }
            let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry else { return }
            milliseconds = sum
        }
        retry = milliseconds
    }

    /// Whether a range of the block is exactly `literal`.
    @inline(__always)
    static func equals(
        _ block: Span<UInt8>,
        _ range: Range<Int>,
        _ literal: StaticString
    ) -> Bool {
        literal.withUTF8Buffer { block.extracting(range).isEqual(to: $0.span) }
    }
}
