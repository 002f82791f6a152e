import Wire

/// Which ids of the record are which in the live system: learned from frames that stand at the same place.
public struct IDMapping: Equatable, Sendable {
    /// Members that hold ids which one side makes up and the other repeats.
    static let names = ["session_id", "call_id", "approval_request_id"]

    private var live: [String: String] = [:]
    private static let depthLimit = 8

    /// Nothing is known.
    public init() {}

    /// The live id; one of which nothing is known stands for itself.
    public subscript(recorded: String) -> String { live[recorded] ?? recorded }

    /// Notes an id. The first word counts.
    public mutating func learn(_ recorded: String, _ found: String) {
        if live[recorded] == nil { live[recorded] = found }
    }

    /// Learns from a recorded frame and the live one at its place: ids at the top of both.
    public mutating func learn(recorded: [UInt8], found: [UInt8]) {
        let (old, new) = (Self.ids(recorded), Self.ids(found))
        for (name, id) in old {
            if let match = new.first(where: { $0.name == name }) { learn(id, match.value) }
        }
    }

    /// The JSON with the live ids in the place of the recorded ones; what is no object stays as it is.
    public func rewritten(_ json: [UInt8]) -> [UInt8] {
        guard live.contains(where: { $0.key != $0.value }) else { return json }
        return rewritten(json, depth: 0)
    }

    private func rewritten(_ json: [UInt8], depth: Int) -> [UInt8] {
        var scanner = JSONScanner()
        guard depth < Self.depthLimit, (try? scanner.scan(json.span)) == .object else {
            return json
        }
        var output: [UInt8] = []
        var copied = 0
        for member in scanner.members {
            guard let value = replacement(member, json, depth) else { continue }
            output += json[copied..<member.value.lowerBound]
            output += value
            copied = member.value.upperBound
        }
        return output + json[copied...]
    }

    /// The new value of a member; nil: it stays.
    private func replacement(_ member: JSONMember, _ json: [UInt8], _ depth: Int) -> [UInt8]? {
        if member.kind == .object {
            return rewritten(Array(json[member.value]), depth: depth + 1)
        }
        guard let name = JSONString.decode(json.span.extracting(member.key)),
            Self.names.contains(name), let id = member.string(in: json.span),
            let found = live[id], found != id
        else { return nil }
        var quoted: [UInt8] = []
        JSONString.appendQuoted(found, to: &quoted)
        return quoted
    }

    private static func ids(_ json: [UInt8]) -> [(name: String, value: String)] {
        var scanner = JSONScanner()
        guard (try? scanner.scan(json.span)) == .object else { return [] }
        return scanner.strings(in: json.span).filter { names.contains($0.name) }
    }
}
