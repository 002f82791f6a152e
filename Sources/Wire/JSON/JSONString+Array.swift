extension JSONString {
    /// A JSON array of texts.
    public static func array(of texts: [String]) -> [UInt8] {
        var array = [UInt8(ascii: "[")]
        for text in texts {
            if array.count > 1 { array.append(UInt8(ascii: ",")) }
            appendQuoted(text, to: &array)
        }
        return array + [UInt8(ascii: "]")]
    }

    /// The texts of an array that ``array(of:)`` has made; of anything else, what looks like a string in
    /// it.
    public static func strings(inArray array: Span<UInt8>) -> [String] {
        var texts: [String] = []
        var start: Int?
        var offset = 0
        while offset < array.count {
            if let begin = start {
                if array[offset] == JSONByte.backslash {
                    offset += 1
                } else if array[offset] == JSONByte.quote {
                    if let text = decode(array.extracting(begin..<offset)) { texts.append(text) }
                    start = nil
                }
            } else if array[offset] == JSONByte.quote {
                start = offset + 1
            }
            offset += 1
        }
        return texts
    }
}
