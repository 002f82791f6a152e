@testable import Wire

/// Frames as bytes, right and wrong ones: nothing is checked here.
enum TestFrame {
    static let mask: UInt32 = 0x3D21_FA37

    /// A client's frame; `first` is FIN, reserved bits and opcode.
    static func masked(_ first: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        var frame = header(first, length: payload.count)
        for (index, byte) in payload.enumerated() { frame.append(byte ^ key[index % 4]) }
        return frame
    }

    static func masked(_ first: UInt8, _ text: String) -> [UInt8] {
        masked(first, Array(text.utf8))
    }

    /// The header of a client's frame, with the length in the fewest bytes.
    static func header(_ first: UInt8, length: Int) -> [UInt8] {
        switch length {
        case ..<126: [first, 0x80 | UInt8(length)] + key
        case ..<65536: [first, 0x80 | 126] + bigEndian(length, bytes: 2) + key
        default: [first, 0x80 | 127] + bigEndian(length, bytes: 8) + key
        }
    }

    static func close(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
        masked(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
    }

    static var key: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: mask >> ($0 * 8)) } }

    static func bigEndian(_ number: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
