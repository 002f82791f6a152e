import Testing

@testable import Postmortem

struct ScanReportTests {
    private func verdict(_ name: VerdictName, _ connection: Int64, _ time: Int64? = nil) -> Verdict
    {
        Verdict(
            name,
            connection: connection,
            id: "id-\(connection)",
            evidence: [
                Evidence(connection: connection, position: 1, ordinal: 1, at: 0, what: "event")
            ],
            words: "words",
            bindingTime: time
        )
    }

    @Test func countsTheWeightiestFirst() {
        var report = ScanReport()
        for name: VerdictName in [.bound, .connectionLost, .agentRefused, .bound, .requestFailed] {
            report.add(verdict(name, 1))
        }
        let found = report.counts.map { "\($0.count) \($0.name.rawValue)" }
        #expect(found == ["1 request-failed", "1 agent-refused", "1 connection-lost", "2 bound"])
        #expect(report.failures == 2)
        #expect(report.remarks == 1)
    }

    @Test func worstAreThoseWithMostFailures() {
        var report = ScanReport()
        for number: Int64 in 1...20 {
            for _ in 0..<number { report.add(verdict(.requestFailed, number)) }
            report.add(verdict(.bound, number + 100))
        }
        report.add(verdict(.logGap, 0))
        #expect(report.worst.map(\.connection) == Array((11...20).reversed()))
        #expect(report.worst.first?.failures == 20)
    }

    @Test func forgetsOnlyTheLessBad() {
        var report = ScanReport()
        report.add(verdict(.requestFailed, 7))
        report.add(verdict(.requestFailed, 7))
        for number in 1...Int64(ScanReport.connectionLimit * 3) {
            report.add(verdict(.connectionLost, number + 100))
        }
        #expect(report.worst.first?.connection == 7)
        #expect(report.remarks == Int64(ScanReport.connectionLimit * 3))
    }

    @Test func wordsAndJSON() {
        var report = ScanReport()
        #expect(report.words(events: 0, connections: 0).count == 1)
        report.add(verdict(.bound, 1, 12_000))
        report.add(verdict(.requestFailed, 2))
        let words = report.words(events: 9, connections: 2)
        #expect(words.allSatisfy { $0.hasPrefix("# ") })
        #expect(words.contains { $0.contains("p50 12.0ms, p99 12.0ms, max 12.0ms") })
        let json = String(decoding: report.json(events: 9, connections: 2), as: UTF8.self)
        #expect(json.contains(#""binding":{"count":1,"p50_us":12000,"p99_us":12000"#))
        #expect(json.contains(#""worst":[{"connection":2,"id":"id-2","failures":1,"#))
    }

    @Test func theAnswer() {
        #expect(Verdict.answer(to: []) == "nothing is wrong: the IDE has sent nothing yet")
        #expect(Verdict.answer(to: [verdict(.bound, 1)]) == "nothing is wrong: words")
        let lost = Verdict.answer(to: [verdict(.bound, 1), verdict(.connectionLost, 1)])
        #expect(lost == "nothing is wrong: words; remark: connection-lost (network) — words")
        let open = Verdict.answer(to: [
            verdict(.bound, 1), verdict(.connectionLost, 1), verdict(.answerUnderWay, 1),
        ])
        #expect(open.hasPrefix("not over since 1970-01-01 00:00:00 UTC: words; remark: "))
        let failed = Verdict.answer(to: [
            verdict(.connectionLost, 1), verdict(.temporaryIDReused, 1),
        ])
        #expect(failed == "IDE: temporary-id-reused — words")
    }

    /// Columns stay columns, whatever an id holds.
    @Test func aLineHasItsColumns() {
        var odd = verdict(.bound, 3)
        odd.id = "a b\n\u{1B}[0m"
        #expect(
            odd.line
                == #"1970-01-01T00:00:00.000000Z fine bound nobody 3 a\u{20}b\n\u{1b}[0m 1 words"#
        )
        odd.id = ""
        #expect(odd.line.contains(" 3 - 1 words"))
    }
}
