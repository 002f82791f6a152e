/// A response's head as recorded, taken apart leniently.
struct ResponseHead {
    var httpVersion = "HTTP/1.1"
    var statusText = ""
    var fields: [(name: String, value: String)] = []

    init(_ head: [UInt8]) {
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.split(whereSeparator: { $0 == "\r\n" || $0 == "\n" || $0 == "\r" })
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2).map(String.init)
        if let version = words.first, version.hasPrefix("HTTP/") { httpVersion = version }
        if words.count == 3 { statusText = words[2] }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append((String(line[..<colon]), String(value)))
        }
    }

    /// The first field of that name, in lower case.
    func value(of name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
}
