/// Percent-encoding (RFC 3986 §2.1).
public enum PercentEncoding {
    /// The text with every byte but the unreserved ones (letters, digits, `-._~`, RFC 3986 §2.3)
    /// encoded: safe as one path segment and as a name or value of a query.
    public static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [ASCII.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The text a path segment stands for. Nil when a `%` is not followed by two hexadecimal
    /// digits, when the bytes are not UTF-8, or when one is a control character (NUL included):
    /// such a text has no business in a path, a log line or a header.
    public static func decode(_ text: some StringProtocol) -> String? {
        decode(text, plusIsSpace: false)
    }

    /// As above; `+` stands for a space in a query made by a form
    /// (WHATWG URL, application/x-www-form-urlencoded).
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while var byte = rest.next() {
            if byte == ASCII.percent {
                guard let high = rest.next().flatMap(ASCII.hexadecimal),
                    let low = rest.next().flatMap(ASCII.hexadecimal)
                else { return nil }
                byte = UInt8(high << 4 | low)
            } else if plusIsSpace, byte == ASCII.plus {
                byte = ASCII.space
            }
            guard byte >= ASCII.space, byte != ASCII.delete else { return nil }
            decoded.append(byte)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2D, 0x2E, 0x5F, 0x7E: true
        default: ASCII.isAlphanumeric(byte)
        }
    }
}
