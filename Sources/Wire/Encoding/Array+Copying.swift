extension [UInt8] {
    /// Appends the bytes.
    @inlinable
    public mutating func append(copying bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
