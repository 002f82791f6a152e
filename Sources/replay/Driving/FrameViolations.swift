/// Bytes that a gateway answers with a close code. What was sent in the record is not on record.
enum FrameViolations {
    static func bytes(for code: Int64) -> [UInt8] {
        let mask: [UInt8] = [0, 0, 0, 0]
        switch code {
        // Text that is not UTF-8.
        case 1007: return [0x81, 0x81] + mask + [0xFF]
        // One fragment more than a message may have.
        case 1008:
            let fragment = [0x00, 0x80] + mask
            return [0x01, 0x80] + mask + (0..<65_536).flatMap { _ in fragment }
        // A length of 2^40.
        case 1009: return [0x81, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0] + mask
        // Reserved bits.
        default: return [0xF1, 0x80] + mask
        }
    }
}
