import BlockingWebSocket
import CommandLineOptions
import Testing

@testable import auto_session_check

struct CheckOptionsTests {
    private func options(_ arguments: [String]) throws -> CheckOptions? {
        guard case .run(let commandLine) = try CheckCommandLine.syntax.parse(["URL"] + arguments)
        else { return nil }
        return try CheckOptions(WebSocketURL("ws://h:8001/api/v1"), commandLine)
    }

    @Test func everyOptionIsRead() throws {
        let arguments = ["--timeout", "5", "--key", "k", "--token=t", "--json"]
        let options = try #require(try options(arguments))
        #expect(options.base.description == "ws://h:8001/api/v1")
        #expect(options.timeout == .seconds(5))
        #expect(options.fields == ["X-Internal-Auth": "k", "Authorization": "Bearer t"])
    }

    @Test(arguments: ["0", "3601", "x", ""])
    func aTimeoutOutOfRangeIsRefused(value: String) {
        #expect(throws: CommandLineViolation.self) { try options(["--timeout", value]) }
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
