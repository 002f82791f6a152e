import EventStore

extension SettingForm where Value == LogRetention {
    /// How much of the log is kept: an age, a size, or both.
    static var retention: Self {
        let values =
            "forever, a number of hours or days (12h, 30d), a size (500MiB, 50GiB, 2TiB), or both "
            + "with a comma between"
        return Self(values: values) { (text) throws(InvalidSetting) in
            guard text.lowercased() != forever else { return LogRetention() }
            var retention = LogRetention()
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                if let age = amount(part, in: ages), retention.maxAge == nil {
                    retention.maxAge = age
                } else if let bytes = amount(part, in: sizes), retention.maxBytes == nil {
                    retention.maxBytes = bytes
                } else {
                    throw InvalidSetting()
                }
            }
            return retention
        } render: { retention in
            let parts = [
                retention.maxAge.map { Self.text(of: $0, in: ages) },
                retention.maxBytes.map { Self.text(of: $0, in: sizes) },
            ]
            let bounds = parts.compactMap { $0 }
            return bounds.isEmpty ? forever : bounds.joined(separator: ",")
        }
    }

    private static var forever: String { "forever" }

    /// Largest unit first; in microseconds.
    private static var ages: [(name: String, size: Int64)] {
        [("d", 86_400_000_000), ("h", 3_600_000_000)]
    }

    /// Largest unit first; in bytes.
    private static var sizes: [(name: String, size: Int64)] {
        [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20)]
    }

    /// A whole number above 0 with one of the units, in any case.
    private static func amount(
        _ text: Substring,
        in units: [(name: String, size: Int64)]
    ) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text.dropFirst(digits.count).lowercased()
        guard let unit = units.first(where: { $0.name.lowercased() == name }),
            let number = Int64(digits), number > 0
        else { return nil }
        let (product, overflows) = number.multipliedReportingOverflow(by: unit.size)
        return overflows ? nil : product
    }

    private static func text(of amount: Int64, in units: [(name: String, size: Int64)]) -> String {
        guard let unit = units.first(where: { amount % $0.size == 0 }) else { return "\(amount)" }
        return "\(amount / unit.size)\(unit.name)"
    }
}
