@testable import Wire

/// The ways in which the same bytes may come from a socket.
enum Chunkings {
    /// Whole, byte by byte, and cut in two at every offset.
    static func all(of bytes: [UInt8]) -> [[[UInt8]]] {
        var ways = [[bytes], bytes.map { [$0] }]
        for offset in bytes.indices.dropFirst() {
            ways.append([Array(bytes[..<offset]), Array(bytes[offset...])])
        }
        return ways
    }
}

extension [UInt8] {
    /// The text between blanks as hexadecimal bytes.
    init(hex text: String) {
        self = text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }
}

extension Base64 {
    /// The same over an array: a span cannot stand inside an expectation.
    static func encode(_ bytes: [UInt8], alphabet: Alphabet = .standard) -> String {
        encode(bytes.span, alphabet: alphabet)
    }
}
