import Wire

/// Redacts the strings and numbers of a JSON text in place: every byte between the quotes and every digit
/// becomes a placeholder, so that the text stays JSON and as long as it was. Names of members go too,
/// unless they are of the protocol. The numbers that the gateway itself wrote stay.
struct JSONRedaction {
    /// What the text is. The rules apply to its own members; a request has those of its message too.
    enum Envelope {
        case message
        case request
        /// What the gateway wrote.
        case record
        case opening
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private var scanner = JSONScanner()

    /// Redacts a text; one that is not JSON is covered whole. `ids` gives new names to session ids.
    mutating func redact(
        _ text: [UInt8],
        as envelope: Envelope = .message,
        _ ids: inout IDRenaming
    ) -> [UInt8] {
        guard (try? scanner.scan(text.span)) != nil else { return Placeholder.covering(text) }
        var walk = Walk(text: text, envelope: envelope)
        return walk.redacted(&ids)
    }

    /// A walk over a text that is known to be JSON.
    private struct Walk {
        let text: [UInt8]
        let envelope: Envelope
        private var output: [UInt8] = []
        /// For each array and object that is open: whether the rules apply to its members.
        private var applies: [Bool] = []
        /// The name read last, at the depth where it stands.
        private var name = ""

        init(text: [UInt8], envelope: Envelope) {
            self.text = text
            self.envelope = envelope
            output.reserveCapacity(text.count)
        }

        mutating func redacted(_ ids: inout IDRenaming) -> [UInt8] {
            var offset = 0
            while offset < text.count {
                let byte = text[offset]
                if hidesNumbers, byte == UInt8(ascii: "-") || Self.isDigit(byte) {
                    offset = appendNumber(from: offset)
                    continue
                }
                guard byte == JSONRedaction.quote else {
                    note(byte)
                    output.append(byte)
                    offset += 1
                    continue
                }
                let end = endOfString(from: offset + 1)
                let content = offset + 1..<end
                output.append(JSONRedaction.quote)
                if isName(endingAt: end) { appendName(content) } else { appendValue(content, &ids) }
                output.append(JSONRedaction.quote)
                offset = end + 1
            }
            return output
        }

        private var hidesNumbers: Bool { envelope == .message || envelope == .request }

        private static func isDigit(_ byte: UInt8) -> Bool {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }

        /// Gives the offset after the number. A bare 0 stays: it is as good as false where a type is to be.
        private mutating func appendNumber(from start: Int) -> Int {
            let number = text[start...].prefix { Self.isDigit($0) || "+-.eE".utf8.contains($0) }
            output +=
                number.elementsEqual("0".utf8)
                ? number : number.map { Self.isDigit($0) ? Placeholder.digit : $0 }[...]
            return number.endIndex
        }

        /// Offset of the closing quote.
        private func endOfString(from start: Int) -> Int {
            var offset = start
            while offset < text.count, text[offset] != JSONRedaction.quote {
                offset += text[offset] == JSONRedaction.backslash ? 2 : 1
            }
            return min(offset, text.count - 1)
        }

        /// Whether a colon follows: in a text that is JSON, only after a name.
        private func isName(endingAt end: Int) -> Bool {
            var offset = end + 1
            while offset < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[offset]) {
                offset += 1
            }
            return offset < text.count && text[offset] == UInt8(ascii: ":")
        }

        private mutating func note(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "{"):
                let isMessage = applies.count == 1 && applies[0] && name == "message"
                applies.append(applies.isEmpty || envelope == .request && isMessage)
            case UInt8(ascii: "["): applies.append(false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = applies.popLast()
            default: break
            }
        }

        private mutating func appendName(_ content: Range<Int>) {
            name = JSONString.decode(text.span.extracting(content)) ?? ""
            if KeptWords.keepsName(name) {
                output += text[content]
            } else {
                cover(content)
            }
        }

        private mutating func appendValue(_ content: Range<Int>, _ ids: inout IDRenaming) {
            let value = JSONString.decode(text.span.extracting(content))
            guard applies.last == true, let rule = rule else {
                // It says what the text was to be, wherever it stands.
                if value == "session_info" { output += text[content] } else { cover(content) }
                return
            }
            switch rule {
            case .identifier:
                if let value, KeptWords.isIdentifier(value) {
                    output += text[content]
                } else {
                    cover(content)
                }
            case .oneOf(let words):
                if let value, words.contains(value) {
                    output += text[content]
                } else {
                    cover(content)
                }
            case .sessionID: appendID(content, value, &ids)
            }
        }

        private var rule: KeptWords.Rule? {
            if envelope == .opening, name == "id" { return .sessionID }
            return KeptWords.rules[name]
        }

        /// One that says nothing that could be an id (a lone surrogate) still says nothing afterwards.
        private mutating func appendID(
            _ content: Range<Int>,
            _ value: String?,
            _ ids: inout IDRenaming
        ) {
            guard let value else {
                output += "\\ud800".utf8
                return cover(0..<max(0, content.count - 6))
            }
            let name = ids.name(of: value)
            if name == value {
                output += text[content]
            } else {
                output += name.utf8
            }
        }

        private mutating func cover(_ content: Range<Int>) {
            output += repeatElement(Placeholder.byte, count: content.count)
        }
    }
}
