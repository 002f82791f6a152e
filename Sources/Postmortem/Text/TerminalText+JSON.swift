extension TerminalText {
    /// The same JSON with every character that must not reach a terminal written as an escape (RFC
    /// 8259 §7). In a JSON text such characters stand only within strings.
    public static func escaping(json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 >= 0x7F }) else { return json }
        var safe: [UInt8] = []
        safe.reserveCapacity(json.count)
        var rest = json[...]
        while !rest.isEmpty {
            let plain = rest.prefix { $0 < 0x7F }
            safe.append(contentsOf: plain)
            let other = rest[plain.endIndex...].prefix { $0 >= 0x7F }
            for scalar in String(decoding: other, as: UTF8.self).unicodeScalars {
                append(scalar, to: &safe)
            }
            rest = rest[other.endIndex...]
        }
        return safe
    }

    private static func append(_ scalar: Unicode.Scalar, to json: inout [UInt8]) {
        if escape(scalar) == nil {
            json.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        } else {
            for unit in String(scalar).utf16 { append(unit, to: &json) }
        }
    }

    private static func append(_ unit: UInt16, to json: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        json.append(contentsOf: "\\u".utf8)
        json.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
        json.append(contentsOf: digits.utf8)
    }
}
