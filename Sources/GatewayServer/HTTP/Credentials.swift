import Wire

/// What a caller shows to prove who it is.
enum Credentials {
    /// Nothing.
    case absent
    /// The internal key.
    case valid
    /// Something else.
    case wrong

    init(_ head: HTTPRequestHead, settings: Settings) {
        let keys = head.values(of: "X-Internal-Auth")
        if keys.isEmpty {
            self = .absent
        } else {
            self = keys.allSatisfy { Self.equal($0, settings.internalKey) } ? .valid : .wrong
        }
    }

    /// Takes the same time wherever the texts differ.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var difference = left.count ^ right.count
        for index in right.indices {
            difference |= Int(right[index] ^ (index < left.count ? left[index] : 0))
        }
        return difference == 0
    }
}
