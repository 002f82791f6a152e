/// What a command line says. Options are asked for by their declaration, so that a misspelt name
/// does not compile.
public struct ParsedCommandLine: Equatable, Sendable {
    /// The positional arguments in their order.
    public internal(set) var positionals: [String] = []
    /// Each option given, in order; a flag with an empty value.
    var given: [(name: String, value: String)] = []

    /// Whether the option was given.
    public func has(_ option: CommandLineOption) -> Bool {
        given.contains { $0.name == option.name }
    }

    /// The option's value, the last one when it was given several times; nil: not given.
    public func value(of option: CommandLineOption) -> String? {
        given.last { $0.name == option.name }?.value
    }

    /// All values of the option, in order.
    public func values(of option: CommandLineOption) -> [String] {
        given.filter { $0.name == option.name }.map(\.value)
    }

    /// The option's value as a whole number; nil: not given.
    ///
    /// - Throws: ``CommandLineViolation/invalidValue(option:value:expected:)`` for anything else
    ///   than a number within `range`.
    public func integer(
        of option: CommandLineOption,
        in range: ClosedRange<Int> = .min ... .max
    ) throws(CommandLineViolation) -> Int? {
        guard let value = value(of: option) else { return nil }
        guard let number = Int(value), range.contains(number) else {
            let lower = range.lowerBound == .min ? "" : " from \(range.lowerBound)"
            let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
            throw .invalidValue(
                option: option.name,
                value: value,
                expected: "a whole number\(lower)\(upper)"
            )
        }
        return number
    }

    /// Makes sure that of two options one at most was given.
    ///
    /// - Throws: ``CommandLineViolation/conflictingOptions(_:_:)`` otherwise.
    public func exclude(
        _ one: CommandLineOption,
        _ other: CommandLineOption
    ) throws(CommandLineViolation) {
        if has(one), has(other) { throw .conflictingOptions(one.name, other.name) }
    }

    /// Whether both say the same in the same order.
    public static func == (one: Self, other: Self) -> Bool {
        one.positionals == other.positionals
            && one.given.elementsEqual(other.given) { $0 == $1 }
    }
}
