@testable import Tokens

/// An encoded message of 256 bytes that is nearly as RFC 8017 §9.2 has it.
struct WrongPadding: CustomStringConvertible, Sendable {
    let description: String
    let encoded: [UInt8]

    /// One for each rule, with the right digest everywhere.
    static func all(digest: [UInt8]) -> [WrongPadding] {
        let info = Hexadecimal.bytes("3031300d060960864801650304020105000420")
        let withoutNull = Hexadecimal.bytes("302f300b06096086480165030402010420")
        let ofSHA1 = Hexadecimal.bytes("3021300906052b0e03021a05000420")
        let tail = [0] + info + digest
        return [
            WrongPadding("block type 2", start: [0, 2], tail),
            WrongPadding("block type 0", start: [0, 0], tail),
            WrongPadding("no zero at the start", start: [1, 1], tail),
            WrongPadding("no zero behind the padding", info + digest),
            WrongPadding("two zeros behind the padding", [0] + tail),
            WrongPadding("padding of zeros", fill: 0, tail),
            WrongPadding("a digest alone", [0] + digest),
            WrongPadding("no NULL", [0] + withoutNull + digest),
            WrongPadding("another algorithm", [0] + ofSHA1 + digest),
            WrongPadding("a byte behind the digest", tail + [0]),
            WrongPadding("garbage behind the digest", tail + [UInt8](repeating: 0xA5, count: 180)),
            WrongPadding("garbage before the digest", start: [0, 1, 0], fill: 7, tail),
        ]
    }

    private init(
        _ description: String,
        start: [UInt8] = [0, 1],
        fill: UInt8 = 0xFF,
        _ tail: [UInt8]
    ) {
        self.description = description
        encoded = start + [UInt8](repeating: fill, count: 256 - start.count - tail.count) + tail
    }
}
