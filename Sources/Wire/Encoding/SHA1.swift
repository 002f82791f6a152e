/// SHA-1 (FIPS 180-4 §6.1). Broken as a defence against forgery; the WebSocket handshake asks for
/// it only as a fingerprint (RFC 6455 §1.3), and nothing else here may use it.
public enum SHA1 {
    /// The 20 bytes of the digest.
    public static func digest(of message: Span<UInt8>) -> [UInt8] {
        var state = State()
        DigestBlocks.forEach(of: message, words: 80) { state.mix(&$0) }
        return DigestBlocks.bytes(of: [state.a, state.b, state.c, state.d, state.e])
    }
}

extension SHA1 {
    /// The five words carried from block to block.
    private struct State {
        var a: UInt32 = 0x6745_2301
        var b: UInt32 = 0xEFCD_AB89
        var c: UInt32 = 0x98BA_DCFE
        var d: UInt32 = 0x1032_5476
        var e: UInt32 = 0xC3D2_E1F0

        /// Takes in the block whose words are the first 16 of the schedule (§6.1.2).
        mutating func mix(_ schedule: inout [UInt32]) {
            for index in 16..<80 {
                let word =
                    schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14]
                    ^ schedule[index - 16]
                schedule[index] = rotate(word, 1)
            }
            var next = self
            for index in 0..<80 { next.round(index, schedule[index]) }
            a &+= next.a
            b &+= next.b
            c &+= next.c
            d &+= next.d
            e &+= next.e
        }

        private mutating func round(_ index: Int, _ word: UInt32) {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotate(a, 5) &+ mixed &+ e &+ constant &+ word
            (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
        }

        private func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
            word << bits | word >> (32 - bits)
        }
    }
}
