import Wire

// `#expect` cannot capture a span: these forms take what owns the bytes.

extension JSONScanner {
    mutating func scan(_ text: [UInt8]) throws(JSONViolation) -> JSONKind {
        try scan(text.span)
    }

    mutating func scan(_ text: String) throws(JSONViolation) -> JSONKind {
        try scan(Array(text.utf8).span)
    }

    func member(_ name: StaticString, in text: [UInt8]) -> JSONMember? {
        member(name, in: text.span)
    }

    func removingTopLevelNulls(of text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        appendRemovingTopLevelNulls(of: text.span, to: &output)
        return output
    }
}

extension JSONMember {
    func string(in text: [UInt8]) -> String? { string(in: text.span) }

    func isString(_ literal: StaticString, in text: [UInt8]) -> Bool {
        isString(literal, in: text.span)
    }
}

extension JSONString {
    static func decode(_ content: String) -> String? { decode(Array(content.utf8).span) }

    static func quoted(_ text: String) -> String {
        var output: [UInt8] = []
        appendQuoted(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    static func quoted(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        appendQuoted(bytes.span, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
