/// Looks for bytes within others, by Horspool's algorithm: most bytes are not even looked at.
struct ByteSearch {
    private let wanted: [UInt8]
    /// How far to go on when this byte stands under the last wanted one.
    private let steps: [Int]

    /// For these bytes; none are everywhere.
    init(_ wanted: [UInt8]) {
        self.wanted = wanted
        var steps = [Int](repeating: max(1, wanted.count), count: 256)
        for (index, byte) in wanted.dropLast().enumerated() {
            steps[Int(byte)] = wanted.count - 1 - index
        }
        self.steps = steps
    }

    /// Whether they are in there.
    func isIn(_ bytes: Span<UInt8>) -> Bool {
        guard let last = wanted.last else { return true }
        return bytes.withUnsafeBufferPointer { bytes in
            wanted.withUnsafeBufferPointer { wanted in
                steps.withUnsafeBufferPointer { steps in
                    var end = wanted.count - 1
                    while end < bytes.count {
                        let byte = bytes[end]
                        if byte == last {
                            let start = end - (wanted.count - 1)
                            var matched = 0
                            while matched < wanted.count - 1,
                                bytes[start + matched] == wanted[matched]
                            {
                                matched += 1
                            }
                            if matched == wanted.count - 1 { return true }
                        }
                        end += steps[Int(byte)]
                    }
                    return false
                }
            }
        }
    }
}
