extension JSONScanner {
    /// The last member of that name, as most parsers have it for duplicates (RFC 8259 §4 leaves it
    /// open). Names are compared decoded, byte for byte: `"\u0061"` is `"a"`.
    ///
    /// - Parameter text: the text last scanned.
    public func member(_ name: StaticString, in text: Span<UInt8>) -> JSONMember? {
        var index = members.count
        while index > 0 {
            index -= 1
            if members[index].isNamed(name, in: text) { return members[index] }
        }
        return nil
    }

    /// As ``member(_:in:)``, for a name that is not known when the program is built.
    public func member(named name: String, in text: Span<UInt8>) -> JSONMember? {
        var index = members.count
        while index > 0 {
            index -= 1
            if members[index].isNamed(name, in: text) { return members[index] }
        }
        return nil
    }
}
