import Glibc

extension Span<UInt8> {
    /// The first place of a byte in the part given, or nil.
    func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
        withUnsafeBytes { bytes -> Int? in
            let part = UnsafeRawBufferPointer(rebasing: bytes[range])
            guard let base = part.baseAddress,
                let found = memchr(base, Int32(byte), part.count)
            else { return nil }
            return range.lowerBound + (UnsafeRawPointer(found) - base)
        }
    }

    /// Whether these are the same bytes.
    @inline(__always)
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// Whether the text stands there, which must be inside.
    func hasText(_ text: StaticString, at offset: Int) -> Bool {
        let part = extracting(offset..<offset + text.utf8CodeUnitCount)
        return text.withUTF8Buffer { part.isEqual(to: $0.span) }
    }

    /// The part as text: UTF-8 when it is that, else each byte as the scalar of its number
    /// (ISO-8859-1), so that no byte is lost.
    func text(_ range: Range<Int>) -> String {
        let part = extracting(range)
        if let valid = try? UTF8Span(validating: part) { return String(copying: valid) }
        var scalars = String.UnicodeScalarView()
        for index in part.indices { scalars.append(Unicode.Scalar(part[index])) }
        return String(scalars)
    }
}
