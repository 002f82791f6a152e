import Testing

@testable import GatewayServer

@Suite("The .env file")
struct DotEnvTests {
    @Test(
        "Lines that are understood",
        arguments: [
            ("", [:]),
            ("\n\r\n  \n", [:]),
            ("# A=1", [:]),
            ("A=1", ["A": "1"]),
            ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
            ("\u{FEFF}A=1", ["A": "1"]),
            ("  A = 1 \t", ["A": "1"]),
            ("export A=1", ["A": "1"]),
            ("export\tA=1", ["A": "1"]),
            ("export=1", ["export": "1"]),
            ("A=", ["A": ""]),
            ("A= # nothing", ["A": ""]),
            ("A=#nothing", ["A": ""]),
            ("A=b#c # d", ["A": "b#c"]),
            ("A=b=c", ["A": "b=c"]),
            ("A=it's \"so\"", ["A": "it's \"so\""]),
            (#"A='a # \n "b"' # c"#, ["A": #"a # \n "b""#]),
            (#"A="a # \"b\" \\ \n\r\t \$x \q""#, ["A": "a # \"b\" \\ \n\r\t $x \\q"]),
            ("A=''", ["A": ""]),
            ("A='1\n2'\nB=3", ["A": "1\n2", "B": "3"]),
            ("A=\"1\\\n2\"\nB=3", ["A": "1\\\n2", "B": "3"]),
            ("A=1\nA=2", ["A": "2"]),
            ("A=$B${C}", ["A": "$B${C}"]),
            ("A=Привет 🆔", ["A": "Привет 🆔"]),
        ] as [(String, [String: String])]
    )
    func understood(text: String, values: [String: String]) {
        let file = DotEnv(parsing: text)
        #expect(file.values == values)
        #expect(file.violations.isEmpty)
    }

    @Test(
        "Lines that are refused, and none of their neighbours",
        arguments: [
            ("A", .noEqualsSign),
            ("export A", .noEqualsSign),
            ("A: 1", .noEqualsSign),
            ("=1", .invalidName),
            ("1A=1", .invalidName),
            ("A-B=1", .invalidName),
            ("A B=1", .invalidName),
            ("Ä=1", .invalidName),
            ("A='1", .unterminatedQuote),
            ("A=\"1\\\"", .unterminatedQuote),
            ("A=\"", .unterminatedQuote),
            ("A='1'2", .textAfterQuote),
            ("A=\"1\"\"2\"", .textAfterQuote),
        ] as [(String, DotEnvViolation.Reason)]
    )
    func refused(line: String, reason: DotEnvViolation.Reason) {
        for end in ["\n", "\r\n"] {
            let text = ["X='1", "2'", line, "Y=2"].joined(separator: end)
            let file = DotEnv(parsing: text)
            #expect(file.values["Y"] == "2")
            #expect(file.values["X"] == "1\(end)2")
            #expect(file.values.count == 2)
            #expect(file.violations == [DotEnvViolation(line: 3, reason: reason)])
        }
    }

    @Test("A quoted value is read as it was")
    func quoting() {
        for value in ["", "a", "a b", "#", #"\n"#, "\"'", "$A", "1\r\n2\t3", "a\\", "Привет"] {
            #expect(DotEnv(parsing: "A=\(DotEnv.quoted(value))").values == ["A": value])
        }
    }

    @Test("Any text is read to its end: every beginning, and every character changed")
    func damaged() {
        let text = Array("export A=\"1\\\n\" # x\r\nB='2'\nC=3 #\u{FEFF}".unicodeScalars)
        for index in text.indices {
            for scalar in "\"'\\\n\r=# A".unicodeScalars {
                var changed = String.UnicodeScalarView(text)
                let place = changed.index(changed.startIndex, offsetBy: index)
                changed.replaceSubrange(place...place, with: CollectionOfOne(scalar))
                _ = DotEnv(parsing: String(changed))
            }
            let beginning = DotEnv(parsing: String(String.UnicodeScalarView(text[..<index])))
            #expect(beginning.violations.allSatisfy { (1...4).contains($0.line) })
        }
    }
}
