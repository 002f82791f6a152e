import CommandLineOptions
import Testing

private let verbose = CommandLineOption.flag("verbose", "say more")
private let port = CommandLineOption.value("port", "P", "the port")

private let syntax = CommandLineSyntax(
    program: "sample",
    summary: "Does nothing.",
    version: "1.2.3",
    options: [verbose, port],
    positionals: [
        CommandLinePositional("FOLDER", "where"),
        CommandLinePositional("NAME", "which", .optional),
    ]
)

private func run(_ arguments: [String]) throws -> ParsedCommandLine {
    guard case .run(let parsed) = try syntax.parse(arguments) else {
        throw CommandLineViolation.unexpectedArgument("help")
    }
    return parsed
}

struct CommandLineSyntaxTests {
    @Test(arguments: [
        ["--port", "80", "f"], ["--port=80", "f"], ["f", "--port", "80"],
        ["--port", "7", "--port", "80", "f"], ["--port=80", "--", "f"],
    ])
    func valuesStandWithinOrAfterTheirOption(arguments: [String]) throws {
        let parsed = try run(arguments)
        #expect(try parsed.integer(of: port, in: 1...65535) == 80)
        #expect(parsed.positionals == ["f"])
        #expect(!parsed.has(verbose))
    }

    @Test func everyValueOfARepeatedOptionIsKept() throws {
        #expect(try run(["--port=1", "f", "--port", "2"]).values(of: port) == ["1", "2"])
    }

    @Test func valuesMayBeEmptyHoldEqualsSignsOrBeginWithDashes() throws {
        #expect(try run(["f", "--port="]).value(of: port) == "")
        #expect(try run(["f", "--port=a=b"]).value(of: port) == "a=b")
        #expect(try run(["f", "--port", "--verbose"]).value(of: port) == "--verbose")
    }

    @Test func afterTwoDashesEverythingIsPositional() throws {
        let parsed = try run(["--verbose", "--", "--port", "-"])
        #expect(parsed.has(verbose))
        #expect(parsed.positionals == ["--port", "-"])
    }

    @Test(arguments: [
        (["--prot", "80", "f"], CommandLineViolation.unknownOption("--prot")),
        (["-v", "f"], .unknownOption("-v")),
        (["--prot=80", "f"], .unknownOption("--prot")),
        (["f", "--port"], .missingValue(option: "port")),
        (["--verbose=yes", "f"], .unexpectedValue(option: "verbose")),
        ([], .missingArgument("FOLDER")),
        (["a", "b", "c"], .unexpectedArgument("c")),
    ])
    func wrongCommandLinesAreRefused(arguments: [String], violation: CommandLineViolation) {
        #expect(throws: violation) { try syntax.parse(arguments) }
    }

    @Test(arguments: ["", "x", "-1", "65536", "99999999999999999999", "8 "])
    func numbersOutsideTheRangeAreRefused(value: String) throws {
        let parsed = try run(["f", "--port", value])
        let violation = CommandLineViolation.invalidValue(
            option: "port",
            value: value,
            expected: "a whole number from 0 to 65535"
        )
        #expect(throws: violation) { try parsed.integer(of: port, in: 0...65535) }
    }

    /// A bound that every number keeps is not told.
    @Test func onlyRealBoundsAreTold() throws {
        let parsed = try run(["--port", "0", "f"])
        for (range, expected) in [
            (1...Int.max, "a whole number from 1"), (Int.min ... -1, "a whole number to -1"),
        ] {
            let violation = CommandLineViolation.invalidValue(
                option: "port",
                value: "0",
                expected: expected
            )
            #expect(throws: violation) { try parsed.integer(of: port, in: range) }
        }
    }

    @Test(arguments: ["help", "version"])
    func whatEveryProgramHasTakesNoValue(name: String) {
        #expect(throws: CommandLineViolation.unexpectedValue(option: name)) {
            try run(["--\(name)=1"])
        }
    }

    @Test func absentOptionsHaveNoValue() throws {
        let parsed = try run(["f"])
        #expect(parsed.value(of: port) == nil)
        #expect(try parsed.integer(of: port) == nil)
    }

    @Test func optionsThatExcludeEachOther() throws {
        try run(["--port", "1", "f"]).exclude(port, verbose)
        let both = try run(["--port", "1", "--verbose", "f"])
        #expect(throws: CommandLineViolation.conflictingOptions("port", "verbose")) {
            try both.exclude(port, verbose)
        }
    }

    @Test(arguments: [["--help"], ["-h"], ["--port", "1", "--help", "--unknown"]])
    func helpNeedsNothingElse(arguments: [String]) throws {
        #expect(try syntax.parse(arguments) == .help)
    }

    @Test func versionNeedsNothingElse() throws {
        #expect(try syntax.parse(["--version"]) == .version)
    }

    @Test func theUsageNamesEveryOptionAndArgument() {
        #expect(
            syntax.usage == """
                usage: sample [options] FOLDER [NAME]

                Does nothing.

                  FOLDER     where
                  NAME       which
                  --verbose  say more
                  --port P   the port
                  --help     print this text and exit
                  --version  print the version and exit

                """
        )
    }
}
