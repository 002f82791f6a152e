/// Masking (RFC 6455 §5.3); the same operation takes the mask off.
enum WebSocketMask {
    /// Masks the bytes from `start` on. `mask` has the key's first byte lowest, and `phase` of the
    /// frame's payload bytes have gone before.
    static func apply(_ mask: UInt32, phase: Int, to bytes: inout [UInt8], from start: Int) {
        guard mask != 0 else { return }
        let turned = turn(mask, by: phase)
        let wide = (UInt64(turned) << 32 | UInt64(turned)).littleEndian
        bytes.withUnsafeMutableBytes { bytes in
            var offset = start
            while bytes.count &- offset >= 8 {
                let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                bytes.storeBytes(of: word ^ wide, toByteOffset: offset, as: UInt64.self)
                offset &+= 8
            }
            var rest = turned
            while offset < bytes.count {
                bytes[offset] ^= UInt8(truncatingIfNeeded: rest)
                rest = turn(rest, by: 1)
                offset &+= 1
            }
        }
    }

    /// The key as it stands `phase` bytes later.
    private static func turn(_ mask: UInt32, by phase: Int) -> UInt32 {
        let bits = UInt32(truncatingIfNeeded: phase & 3) &* 8
        return mask &>> bits | mask &<< (32 &- bits)
    }
}
