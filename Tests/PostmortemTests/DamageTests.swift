import Events
import Testing

@testable import Postmortem

/// One changed byte in any row is one finding, at that row, whatever follows from it.
struct DamageTests {
    private static let rows = RecordedGateway.scene.rows

    @Test func sceneIsCleanAndComplete() {
        #expect(verify(Self.rows).findings == [])
        let kinds = Set(Self.rows.compactMap { $0.header.knownKind })
        let absent = Set(EventKind.allCases).subtracting(kinds)
        #expect(absent == [.restForwarded, .restExchanged, .logGap])
    }

    @Test(arguments: rows.indices)
    func anyByteOfABody(index: Int) {
        for offset in Self.rows[index].body.indices {
            var rows = Self.rows
            rows[index].body[offset] ^= 1 << UInt8(offset % 8)
            expectOneFinding(rows, at: index)
        }
    }

    @Test(arguments: rows.indices)
    func aBodyCutOrGrown(index: Int) {
        var rows = Self.rows
        rows[index].body.append(0)
        expectOneFinding(rows, at: index)
        rows[index].body = Self.rows[index].body.dropLast()
        if !Self.rows[index].body.isEmpty { expectOneFinding(rows, at: index) }
    }

    @Test(arguments: rows.indices)
    func anyColumn(index: Int) {
        let changes: [(inout EventHeader) -> Void] = [
            { $0.cause += 1 }, { $0.cause = -5 }, { $0.at += 1 }, { $0.detail += 1 },
            { $0.detail = .min }, { $0.version = 2 }, { $0.kind = 99 },
            { $0.ordinal += 1 }, { $0.ordinal -= 1 }, { $0.ordinal = .max }, { $0.ordinal = .min },
            { $0.connection += 1 }, { $0.connection -= 1 }, { $0.connection = 1 << 40 },
            { $0.connection = .min },
        ]
        for change in changes {
            var rows = Self.rows
            change(&rows[index].header)
            expectOneFinding(rows, at: index)
        }
        for kind in EventKind.allCases where kind.rawValue != Self.rows[index].header.kind {
            var rows = Self.rows
            rows[index].header.kind = kind.rawValue
            expectOneFinding(rows, at: index)
        }
    }

    @Test(arguments: rows.indices)
    func theChecksumItself(index: Int) {
        var rows = Self.rows
        rows[index].checksum ^= 1
        expectOneFinding(rows, at: index)
        #expect(verify(rows).consequences == 0)
    }

    /// A row taken out is one finding too, where the log has more rows after it.
    @Test(arguments: rows.indices.dropFirst().dropLast())
    func aLostRow(index: Int) {
        var rows = Self.rows
        let lost = rows.remove(at: index)
        let findings = verify(rows).findings
        #expect(findings.map(\.kind) == [.missingRows(from: lost.position)], "\(lost.header)")
    }

    private func expectOneFinding(
        _ rows: [RecordedEvent],
        at index: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let findings = verify(rows).findings
        guard findings.count == 1, findings[0].position == rows[index].position,
            case .damagedRow = findings[0].kind
        else {
            let texts = findings.map { "\($0.position): \($0.words)" }
            Issue.record("\(rows[index].header): \(texts)", sourceLocation: sourceLocation)
            return
        }
    }
}
