import CommandLineOptions

/// Reads options that are decimal numbers.
enum DecimalArgument {
    /// The option's value; nil: not given.
    static func value(
        of option: CommandLineOption,
        _ arguments: ParsedCommandLine,
        in range: ClosedRange<Double>
    ) throws(CommandLineViolation) -> Double? {
        guard let text = arguments.value(of: option) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .invalidValue(
                option: option.name,
                value: text,
                expected: "a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }
}
