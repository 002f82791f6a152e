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

    /// The strings among the elements of a JSON array, decoded, in order; others are left out. None
    /// when the text is no array.
    public static func strings(inArray array: Span<UInt8>) -> [String] {
        var texts: [String] = []
        var scanner = JSONScanner()
        _ = try? scanner.forEachElement(ofArray: array) { element, kind in
            guard kind == .string else { return }
            let content = element.extracting(1..<element.count - 1)
            if let text = decode(content) { texts.append(text) }
        }
        return texts
    }
}
