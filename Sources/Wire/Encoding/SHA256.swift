/// SHA-256 (FIPS 180-4 §6.2).
public enum SHA256 {
    /// The 32 bytes of the digest.
    public static func digest(of message: Span<UInt8>) -> [UInt8] {
        var state = State()
        DigestBlocks.forEach(of: message, words: 64) { state.mix(&$0) }
        return DigestBlocks.bytes(
            of: [state.a, state.b, state.c, state.d, state.e, state.f, state.g, state.h]
        )
    }

    /// A constant for each round: of the cube root of each of the first 64 primes, the first 32
    /// bits of the fraction (§4.2.2).
    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1,
        0x923F_82A4, 0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
        0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786,
        0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147,
        0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
        0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
        0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A,
        0x5B9C_CA4F, 0x682E_6FF3, 0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
        0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}

extension SHA256 {
    /// The eight words carried from block to block, at first as §5.3.3 has them.
    private struct State {
        var a: UInt32 = 0x6A09_E667
        var b: UInt32 = 0xBB67_AE85
        var c: UInt32 = 0x3C6E_F372
        var d: UInt32 = 0xA54F_F53A
        var e: UInt32 = 0x510E_527F
        var f: UInt32 = 0x9B05_688C
        var g: UInt32 = 0x1F83_D9AB
        var h: UInt32 = 0x5BE0_CD19

        /// Takes in the block whose words are the first 16 of the schedule (§6.2.2).
        mutating func mix(_ schedule: inout [UInt32]) {
            for index in 16..<64 {
                let early = schedule[index - 15]
                let late = schedule[index - 2]
                let spreadEarly = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
                let spreadLate = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
                schedule[index] =
                    spreadLate &+ schedule[index - 7] &+ spreadEarly &+ schedule[index - 16]
            }
            var next = self
            for index in 0..<64 { next.round(schedule[index] &+ constants[index]) }
            a &+= next.a
            b &+= next.b
            c &+= next.c
            d &+= next.d
            e &+= next.e
            f &+= next.f
            g &+= next.g
            h &+= next.h
        }

        /// One round; `word` is the schedule's and the round's constant together.
        private mutating func round(_ word: UInt32) {
            let choice = e & f ^ ~e & g
            let majority = a & b ^ a & c ^ b & c
            let spreadE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let spreadA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let first = h &+ spreadE &+ choice &+ word
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ spreadA &+ majority)
        }

        /// To the right.
        private func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
            word >> bits | word << (32 - bits)
        }
    }
}
