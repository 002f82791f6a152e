extension SettingsReading {
    /// A sentence about a variable that is no setting, with the one that may be meant.
    static func remark(onUnknown name: String) -> String {
        let hint = nearest(to: name).map { "; is \($0) meant?" } ?? ""
        return "\(name) is not a setting and has no effect\(hint)"
    }

    /// The setting that a name could be a misspelling of: the one without the prefix
    /// (`GATEWAY__PORT`), one a few letters away, or the only one that begins or ends alike.
    private static func nearest(to name: String) -> String? {
        let wanted = name.uppercased()
        let known = Setting.all.map(\.name)
        let ending = String(wanted.dropFirst("GATEWAY__".count))
        if known.contains(ending) { return ending }
        let distances = known.map { (name: $0, distance: editDistance(from: wanted, to: $0)) }
        if let best = distances.min(by: { $0.distance < $1.distance }), best.distance <= 3 {
            return best.name
        }
        let alike = known.filter { $0.hasPrefix(wanted) || $0.hasSuffix(ending) }
        return alike.count == 1 ? alike.first : nil
    }

    /// How many letters must be added, removed or changed (Levenshtein).
    private static func editDistance(from one: String, to other: String) -> Int {
        let columns = Array(other.utf8)
        var row = Array(0...columns.count)
        for (index, letter) in one.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in columns.indices {
                let change = diagonal + (letter == columns[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[columns.count]
    }
}
