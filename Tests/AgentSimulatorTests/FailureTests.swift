import Testing

@testable import AgentSimulator

struct FailureTests {
    @Test(arguments: FailureKind.allCases)
    func everyFailureIsDescribedAndReadBackFromItsForm(kind: FailureKind) throws {
        #expect(!kind.summary.isEmpty && !kind.summary.contains("\n"))
        #expect(try Failure(parsing: kind.form) == Failure(kind))
    }

    @Test(arguments: [
        ("slow=0", Failure(.slow, 0)), ("slow", Failure(.slow, 1000)),
        ("status=429", Failure(.status, 429)), ("big=7", Failure(.big, 7)),
        ("crlf", Failure(.crlf)),
    ])
    func failuresAreReadWithTheirNumbers(text: String, failure: Failure) throws {
        #expect(try Failure(parsing: text) == failure)
    }

    @Test(arguments: [
        ("", FailureViolation.unknownName("")), ("Slow", .unknownName("Slow")),
        ("=", .unknownName("")), ("nothing=1", .unknownName("nothing")),
        ("slow=", .invalidArgument(name: "slow", argument: "")),
        ("slow=x", .invalidArgument(name: "slow", argument: "x")),
        ("slow=-1", .invalidArgument(name: "slow", argument: "-1")),
        ("status=200", .invalidArgument(name: "status", argument: "200")),
        (
            "big=99999999999999999999",
            .invalidArgument(name: "big", argument: "99999999999999999999")
        ),
        ("crlf=1", .invalidArgument(name: "crlf", argument: "1")),
    ])
    func otherTextsAreRefused(text: String, violation: FailureViolation) {
        #expect(throws: violation) { try Failure(parsing: text) }
    }

    @Test func numbersAreBroughtIntoTheirRange() {
        #expect(Failure(.status, 9999).argument == 599)
        #expect(Failure(.burst, -5).argument == 1)
        #expect(Failure(.crlf, 5).argument == 0)
    }

    @Test func markersAreTakenOutOfTheContent() throws {
        let (failures, rest) = try FailureMarker.read("#fail:crlf Hello #fail:slow=5 there")
        #expect(failures == [Failure(.crlf), Failure(.slow, 5)])
        #expect(rest == "Hello there")
        #expect(throws: FailureViolation.unknownName("x")) { try FailureMarker.read("a #fail:x") }
    }

    @Test func aScriptHasALineForEachAnswer() throws {
        let script = try AnswerScript(
            parsing: "# comment\n\nreset\r\n  slow=20\tcrlf  \nok\n   # more\nok cr"
        )
        #expect(
            script.answers == [
                [Failure(.reset)], [Failure(.slow, 20), Failure(.crlf)], [], [Failure(.cr)],
            ]
        )
        #expect(script.failures(ofPost: 1) == [Failure(.reset)])
        #expect(script.failures(ofPost: 0).isEmpty)
        #expect(script.failures(ofPost: 5).isEmpty)
        #expect(throws: FailureViolation.unknownName("x")) { try AnswerScript(parsing: "ok\nx") }
    }

    @Test func ofTwoFailuresOfOneKindTheLastCounts() {
        let failures = FailureSet([Failure(.slow, 1), Failure(.slow, 2)])
        #expect(failures.argument(.slow) == 2)
        #expect(!failures.has(.reset))
    }
}
