/// Bundles: sealed segments of chosen connections, with facts about themselves.
extension Database {
    /// Whether the file is a bundle.
    var isBundle: Bool {
        get throws(StoreError) {
            try integer("SELECT count(*) FROM sqlite_schema WHERE name = 'bundle'") > 0
        }
    }

    /// What a bundle says of itself.
    func bundleFacts() throws(StoreError) -> [BundleFact] {
        let row = try prepare("SELECT name, connection, value FROM bundle ORDER BY rowid")
        var facts: [BundleFact] = []
        while try row.step(to: "read") {
            let (name, value) = (row.text(0) ?? "", row.text(2) ?? "")
            facts.append(BundleFact(name, connection: row.integer(1), value))
        }
        return facts
    }

    /// Refuses a bundle of a form unknown here. One that cannot tell its form is read as far as it can be.
    func checkBundleFormat() throws(StoreError) {
        guard (try? isBundle) == true, let facts = try? bundleFacts(),
            let text = facts.first(where: { $0.name == BundleFact.formatName })?.value,
            let format = Int64(text), format != BundleFact.format
        else { return }
        throw StoreError(
            .unknownFormat(format),
            "\(path) is a bundle of format \(format); this version knows format \(BundleFact.format)"
        )
    }
}
