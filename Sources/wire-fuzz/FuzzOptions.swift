/// The command line of this program.
struct FuzzOptions {
    static let usage = """
        usage: wire-fuzz [--seed N] [--count N] [--parser NAME]…
        parsers: \(allFuzzTargets.map { $0.name }.joined(separator: ", "))
        """

    /// Where the cases start.
    private(set) var seed: UInt64 = 1
    /// How many cases each parser gets.
    private(set) var count: UInt64 = 1_000_000
    /// The parsers to feed.
    private(set) var targets: [any FuzzTarget.Type] = []

    init(_ arguments: some Sequence<String>) throws(FuzzOptionsError) {
        var rest = arguments.makeIterator()
        while let option = rest.next() {
            guard ["--seed", "--count", "--parser"].contains(option) else {
                throw .unknownOption(option)
            }
            guard let value = rest.next() else { throw .missingValue(option) }
            switch option {
            case "--seed": seed = try Self.number(value, of: option)
            case "--count": count = try Self.number(value, of: option)
            default: targets.append(try Self.target(value))
            }
        }
        if targets.isEmpty { targets = allFuzzTargets }
    }

    private static func number(
        _ text: String,
        of option: String
    ) throws(FuzzOptionsError) -> UInt64 {
        guard let number = UInt64(text) else { throw .notANumber(option, text) }
        return number
    }

    private static func target(_ name: String) throws(FuzzOptionsError) -> any FuzzTarget.Type {
        for target in allFuzzTargets where target.name == name { return target }
        throw .unknownParser(name)
    }
}
