// XXH64 (the xxHash specification, version 0.1.1), written for one contiguous input. It is not a
// defence against forgery: it finds what a disk, a copy or a careless hand has changed.

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

extension EventHeader {
    /// The row's checksum: the low 32 bits of XXH64 over the body, seeded with the other columns,
    /// so that a change to any column but the position shows.
    public func checksum(over body: Span<UInt8>) -> UInt32 {
        let form = UInt64(kind) | UInt64(version) << 8
        var seed = UInt64(bitPattern: connection) &* prime1
        seed ^= UInt64(bitPattern: ordinal) &* prime2
        seed = rotate(seed, 31) &+ UInt64(bitPattern: cause) &* prime3
        seed ^= UInt64(bitPattern: at) &* prime4
        // Turned, not shifted: the number's highest bits count too.
        seed = rotate(seed, 27) &+ (form ^ rotate(UInt64(bitPattern: detail), 16)) &* prime5
        return UInt32(truncatingIfNeeded: xxh64(body, seed: seed))
    }
}

/// XXH64 of the bytes.
func xxh64(_ bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
    let raw = bytes.bytes
    let count = raw.byteCount
    var offset = 0
    var hash: UInt64
    if count >= 32 {
        var lane1 = seed &+ prime1 &+ prime2
        var lane2 = seed &+ prime2
        var lane3 = seed
        var lane4 = seed &- prime1
        while offset <= count - 32 {
            lane1 = round(lane1, word(raw, offset))
            lane2 = round(lane2, word(raw, offset + 8))
            lane3 = round(lane3, word(raw, offset + 16))
            lane4 = round(lane4, word(raw, offset + 24))
            offset += 32
        }
        hash = rotate(lane1, 1) &+ rotate(lane2, 7) &+ rotate(lane3, 12) &+ rotate(lane4, 18)
        hash = merge(hash, lane1)
        hash = merge(hash, lane2)
        hash = merge(hash, lane3)
        hash = merge(hash, lane4)
    } else {
        hash = seed &+ prime5
    }
    hash &+= UInt64(count)
    while offset <= count - 8 {
        hash = rotate(hash ^ round(0, word(raw, offset)), 27) &* prime1 &+ prime4
        offset += 8
    }
    if offset <= count - 4 {
        let half = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
        hash = rotate(hash ^ UInt64(UInt32(littleEndian: half)) &* prime1, 23) &* prime2 &+ prime3
        offset += 4
    }
    while offset < count {
        hash = rotate(hash ^ UInt64(bytes[offset]) &* prime5, 11) &* prime1
        offset += 1
    }
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
}

private func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
}

private func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 {
    (hash ^ round(0, lane)) &* prime1 &+ prime4
}

private func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
}

/// Eight bytes, little-endian; the caller has checked that they are there.
private func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}
