/// SHA-1 (FIPS 180-4 §6.1). Broken as a defence against forgery; the WebSocket handshake asks for
/// it only as a fingerprint (RFC 6455 §1.3), and nothing else here may use it.
public enum SHA1 {
    /// The 20 bytes of the digest.
    public static func digest(of message: Span<UInt8>) -> [UInt8] {
        var state = State()
        var schedule = [UInt32](repeating: 0, count: 80)
        var offset = 0
        while message.count - offset >= 64 {
            state.mix(message.extracting(offset..<offset + 64), &schedule)
            offset += 64
        }
        let tail = padding(message.extracting(offset..<message.count), total: message.count)
        for start in stride(from: 0, to: tail.count, by: 64) {
            state.mix(tail.span.extracting(start..<start + 64), &schedule)
        }
        return state.bytes
    }

    /// The rest of the message, the bit 1, zeros, and the length in bits as 64-bit big-endian,
    /// up to a whole block (§5.1.1).
    private static func padding(_ rest: Span<UInt8>, total: Int) -> [UInt8] {
        var tail: [UInt8] = []
        tail.reserveCapacity(128)
        for index in rest.indices { tail.append(rest[index]) }
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(total) &* 8
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        return tail
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

        var bytes: [UInt8] {
            [a, b, c, d, e].flatMap { word in
                [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
            }
        }

        /// Takes in one block of 64 bytes (§6.1.2).
        mutating func mix(_ block: Span<UInt8>, _ schedule: inout [UInt32]) {
            for index in 0..<16 {
                let at = index * 4
                schedule[index] =
                    UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16
                    | UInt32(block[at + 2]) << 8 | UInt32(block[at + 3])
            }
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
