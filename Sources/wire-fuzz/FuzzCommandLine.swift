import CommandLineOptions

/// The command line of `wire-fuzz`.
struct FuzzCommandLine {
    static let seed = CommandLineOption.value("seed", "N", "where the cases start (1)")
    static let count = CommandLineOption.value("count", "N", "cases of each parser (1000000)")
    static let parser = CommandLineOption.value(
        "parser",
        "NAME",
        "only this one, several times for several: \(names)"
    )

    static let syntax = CommandLineSyntax(
        program: "wire-fuzz",
        summary: "Feeds damaged samples to every parser of Wire. Exit status 1 when one fails.",
        version: "1.0.0",
        options: [seed, count, parser]
    )

    private static let names = allFuzzTargets.map { $0.name }.joined(separator: ", ")

    /// Where the cases start.
    var seed: UInt64 = 1
    /// How many cases each parser gets.
    var count: UInt64 = 1_000_000
    /// The parsers to feed.
    var targets: [any FuzzTarget.Type] = []

    init(_ given: ParsedCommandLine) throws(CommandLineViolation) {
        seed = try given.integer(of: Self.seed, in: 0 ... .max).map(UInt64.init) ?? seed
        count = try given.integer(of: Self.count, in: 0 ... .max).map(UInt64.init) ?? count
        for name in given.values(of: Self.parser) {
            guard let target = allFuzzTargets.first(where: { $0.name == name }) else {
                throw .invalidValue(option: "parser", value: name, expected: "one of \(Self.names)")
            }
            targets.append(target)
        }
        if targets.isEmpty { targets = allFuzzTargets }
    }
}
