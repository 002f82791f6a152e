extension JSONScanner {
    /// Appends the text last scanned without those members of its top-level object that are null.
    ///
    /// A null member goes together with exactly one comma: with everything between the value before
    /// it and its own end, or, when no member before it stays, with everything from its name to the
    /// name after it. All other bytes stay as they are: order, spacing, numbers, escapes, nulls
    /// further in, and what stands around the object. Duplicates are looked at one by one. A text
    /// without such members, or that is no object, is appended whole.
    ///
    /// - Parameter text: the text last scanned.
    public func appendRemovingTopLevelNulls(of text: Span<UInt8>, to output: inout [UInt8]) {
        text.withUnsafeBufferPointer { bytes in
            var kept = 0
            // The bound holds for the text last scanned; another one must not trap either.
            if let last = members.last, last.value.upperBound <= bytes.count {
                forEachRemoval { removal in
                    append(bytes, kept..<removal.lowerBound, to: &output)
                    kept = removal.upperBound
                }
            }
            append(bytes, kept..<bytes.count, to: &output)
        }
    }

    /// The ranges to leave out, in order and not overlapping.
    @inline(__always)
    private func forEachRemoval(_ body: (Range<Int>) -> Void) {
        guard hasTopLevelNull else { return }
        var keepsOne = false
        var previousEnd = 0
        for index in members.indices {
            let end = members[index].value.upperBound
            if members[index].kind != .null {
                keepsOne = true
            } else if keepsOne {
                body(previousEnd..<end)
            } else {
                let next = index + 1 < members.count ? start(ofMember: index + 1) : end
                body(start(ofMember: index)..<next)
            }
            previousEnd = end
        }
    }

    /// Offset of the quote that opens a member's name.
    @inline(__always)
    private func start(ofMember index: Int) -> Int { members[index].key.lowerBound - 1 }

    @inline(__always)
    private func append(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>,
        to output: inout [UInt8]
    ) {
        guard !range.isEmpty else { return }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
    }
}
