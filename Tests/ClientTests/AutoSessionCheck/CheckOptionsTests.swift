import Testing

@testable import auto_session_check

struct CheckOptionsTests {
    @Test func everyOptionIsRead() throws {
        let options = try CheckOptions([
            "--timeout", "5", "ws://h:8001/api/v1", "--key", "k", "--token", "t", "--json",
        ])
        #expect(options.base.description == "ws://h:8001/api/v1")
        #expect(options.timeout == .seconds(5))
        #expect(options.fields == ["X-Internal-Auth": "k", "Authorization": "Bearer t"])
        #expect(options.printsJSON)
    }

    @Test(arguments: [
        ([], "the gateway's address is missing"),
        (["ws://h", "ws://h"], "unexpected argument: ws://h"),
        (["--x"], "unexpected argument: --x"), (["ws://h", "--key"], "--key needs a value"),
        (
            ["ws://h", "--timeout", "0"],
            "--timeout must be a number of seconds from 1 to 3600"
        ),
        (["http://h"], "http://h: the URL must begin with ws://"),
    ])
    func whatIsWrongIsNamed(arguments: [String], reason: String) {
        #expect { try CheckOptions(arguments) } throws: {
            ($0 as? CheckOptions.UsageError)?.reason == reason
        }
    }

    @Test func theReportIsJSONWhenAskedFor() {
        let report = CheckReport(results: [
            CheckResult(name: "one", fault: nil, detail: "a \"b\""),
            CheckResult(name: "two", fault: "no"),
        ])
        #expect(
            report.json
                == #"{"passed":false,"checks":[{"number":1,"name":"one","passed":true,"note":"a \"b\""},"#
                + #"{"number":2,"name":"two","passed":false,"note":"no"}]}"#
        )
        #expect(report.lines == "✓ 1. one: a \"b\"\n✗ 2. two: no\n1 of 2 checks passed")
    }
}
