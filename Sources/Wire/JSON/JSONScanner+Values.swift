extension JSONScanner {
    /// The string member of that name, decoded; nil when there is none or it is no string.
    public func string(_ name: StaticString, in text: Span<UInt8>) -> String? {
        member(name, in: text)?.string(in: text)
    }

    /// The integer member of that name; nil when there is none or it is no integer of 64 bits.
    public func integer(_ name: StaticString, in text: Span<UInt8>) -> Int64? {
        guard let member = member(name, in: text), member.kind == .number else { return nil }
        let digits = text.extracting(member.value)
        return digits.withUnsafeBufferPointer { Int64(String(decoding: $0, as: UTF8.self)) }
    }

    /// The string members of a scanned object, decoded, in order; others are left out.
    public func strings(in text: Span<UInt8>) -> [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        for member in members {
            guard let name = JSONString.decode(text.extracting(member.key)),
                let value = member.string(in: text)
            else { continue }
            pairs.append((name, value))
        }
        return pairs
    }
}
