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

    /// The part as text: UTF-8 when it is that, else each byte as the scalar of its number
    /// (ISO-8859-1), so that no byte is lost.
    func text(_ range: Range<Int>) -> String {
        withUnsafeBytes { bytes -> String in
            let part = UnsafeRawBufferPointer(rebasing: bytes[range])
            if let text = String(validating: part, as: UTF8.self) { return text }
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: part.lazy.map { Unicode.Scalar($0) })
            return String(scalars)
        }
    }
}
