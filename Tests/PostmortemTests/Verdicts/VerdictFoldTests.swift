import SeededNumbers
import Events
import Session
import Testing

@testable import Postmortem

@Suite("Verdicts")
struct VerdictFoldTests {
    @Test(
        "Each scene gives its verdicts and no other, the first cause first",
        arguments: VerdictScene.all
    )
    func scene(_ scene: VerdictScene) {
        let verdicts = judge(scene.rows)
        #expect(verdicts.map(\.short) == scene.expected)
    }

    @Test("Every name is the verdict of some scene")
    func names() {
        var unseen = Set(VerdictName.allCases)
        for scene in VerdictScene.all { unseen.subtract(judge(scene.rows).map(\.name)) }
        #expect(unseen == [.damagedRow, .beginningMissing])
    }

    @Test("Evidence names events as they are in the log, in order", arguments: VerdictScene.all)
    func evidence(_ scene: VerdictScene) {
        let rows = scene.rows
        for verdict in judge(rows) {
            #expect(!verdict.evidence.isEmpty)
            for evidence in verdict.evidence {
                let row = rows[Int(evidence.position) - 1]
                #expect(row.header.connection == evidence.connection)
                #expect(row.header.ordinal == evidence.ordinal)
                #expect(row.header.at == evidence.at)
            }
            let positions = verdict.evidence.map(\.position)
            #expect(positions == positions.sorted())
            #expect(verdict.evidence.last?.connection == verdict.connection)
        }
    }

    @Test("Connections one after the other give what they give mixed")
    func order() {
        for scene in VerdictScene.all {
            let rows = scene.rows.filter { $0.header.connection > 0 }
            let sorted = rows.sorted {
                ($0.header.connection, $0.position) < ($1.header.connection, $1.position)
            }
            guard !scene.rows.contains(where: { $0.header.connection == 0 }) else { continue }
            #expect(judge(sorted).map(\.short) == judge(rows).map(\.short))
        }
    }

    @Test("Without its beginning nothing is said that cannot be known", arguments: VerdictScene.all)
    func withoutBeginning(_ scene: VerdictScene) {
        let rows = scene.rows
        let whole = Set(judge(rows).map(\.short))
        for cut in 1..<max(2, rows.count) {
            for verdict in judge(rows.dropFirst(cut)) where verdict.severity == .failure {
                #expect(Self.may(verdict, follow: whole), "\(cut): \(verdict.short)")
            }
        }
    }

    /// A failure that a part shows is one of the whole; or what is left shows that an answer broke, and not
    /// what that cut off; or that a message went out without an id, and not that there was one.
    private static func may(_ verdict: Verdict, follow whole: Set<String>) -> Bool {
        if whole.contains(verdict.short) { return true }
        if whole.contains("failure gateway posted-without-id-after-binding") {
            return verdict.name == .streamEndedWithoutSessionInfo
        }
        return verdict.name == .answerBroke || verdict.name == .allMessagesRefused
    }

    @Test("A lost row is told, and nothing is made of what it may have said")
    func gap() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        gateway.turn(1, RecordedGateway.token)
        gateway.closeFrame(1)
        let info = gateway.rows.firstIndex { $0.header.knownKind == .chunkReceived } ?? 0
        var rows = gateway.rows
        rows.remove(at: info)
        #expect(judge(rows).map(\.short) == ["failure gateway log-gap"])
    }

    @Test("Whichever row is lost, no failure is made of it but the loss")
    func anyGap() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        gateway.turn(1, RecordedGateway.token)
        gateway.closeFrame(1)
        for index in gateway.rows.indices.dropFirst().dropLast() {
            var rows = gateway.rows
            rows.remove(at: index)
            let found = judge(rows).filter { $0.severity == .failure }.map(\.short)
            #expect(found == ["failure gateway log-gap"], "row \(index)")
        }
    }

    @Test("A damaged row is told, and nothing is made of what it says")
    func damage() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        gateway.turn(1, RecordedGateway.token)
        gateway.closeFrame(1)
        for index in gateway.rows.indices {
            var rows = gateway.rows
            rows[index].body += [32]
            let found = judge(rows).filter { $0.severity == .failure }.map(\.short)
            #expect(found == ["failure nobody damaged-row"], "row \(index)")
        }
    }

    @Test("A damaged row blames nobody, whatever it seems to be")
    func damagedBlame() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.ask(1)
        gateway.fail(1, .status, "no")
        gateway.lose(1)
        for kind in [.requestFailed, .connectionClosed] as [EventKind] {
            var rows = gateway.rows
            let index = rows.firstIndex { $0.header.knownKind == kind } ?? 0
            rows[index].checksum ^= 1
            let own = judge(rows).filter { $0.position >= rows[index].position }.map(\.name)
            let later: [VerdictName] = kind == .requestFailed ? [.connectionLost] : []
            #expect(own == [.damagedRow] + later)
        }
    }

    @Test("A damaged row of the gateway itself is told, and not believed")
    func damagedGateway() {
        var gateway = RecordedGateway()
        gateway.gateway(.logGap, "disk")
        var rows = gateway.rows
        #expect(judge(rows).map(\.short) == ["failure gateway log-gap"])
        rows[0].checksum ^= 1
        #expect(judge(rows).map(\.short) == ["failure nobody damaged-row"])
    }

    @Test("After a lost row the session may be another, which the next request tells")
    func otherSessionAfterLoss() {
        var gateway = RecordedGateway()
        gateway.open(1, "abc-1")
        gateway.turn(1, RecordedGateway.token)
        gateway.turn(1, RecordedGateway.info("abc-2"))
        gateway.turn(1, RecordedGateway.token)
        let info =
            gateway.rows.lastIndex {
                $0.body.contains(UInt8(ascii: "2")) && $0.header.knownKind == .chunkReceived
            } ?? 0
        var rows = gateway.rows
        rows.remove(at: info)
        let found = judge(rows).filter { $0.severity == .failure }.map(\.short)
        #expect(found == ["failure gateway log-gap"])
    }

    @Test("Of an event of a form that is not known nothing is made")
    func unknownForm() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        gateway.closeFrame(1)
        for index in gateway.rows.indices.dropFirst() {
            var rows = gateway.rows
            rows[index].header.version = 2
            let row = rows[index]
            rows[index].checksum = row.header.checksum(over: row.body.span)
            #expect(judge(rows).allSatisfy { $0.severity == .fine }, "row \(index)")
        }
    }

    @Test("An opening that is heard of late is not taken for a second use of its id")
    func lateOpening() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.message(1, RecordedGateway.userMessage)
        gateway.open(2, "new_1")
        let rows = gateway.rows
        let late =
            rows.filter { $0.header.connection == 2 } + rows.filter { $0.header.connection == 1 }
        #expect(!judge(late).contains { $0.name == .temporaryIDReused })
        #expect(judge(rows).filter { $0.name == .temporaryIDReused }.map(\.connection) == [2])
    }

    @Test("A beginning that retention has removed is told")
    func beginning() {
        var gateway = RecordedGateway()
        gateway.talk(1, "new_1", "abc-1")
        #expect(judge(gateway.rows.dropFirst(6)).first?.short == "remark nobody beginning-missing")
    }

    @Test("The time of a binding is that from the first request")
    func bindingTime() {
        var gateway = RecordedGateway()
        gateway.open(1, "new_1")
        gateway.turn(1, RecordedGateway.token)
        gateway.turn(1, RecordedGateway.info("abc-1"))
        let rows = gateway.rows
        let bound = judge(rows).first { $0.name == .bound }
        let request = rows.first { $0.header.knownKind == .requestSent }
        let info = rows.last { $0.header.knownKind == .chunkReceived }
        #expect(bound?.bindingTime == (info?.header.at ?? 0) - (request?.header.at ?? 0))
        #expect(bound?.id == "abc-1")
    }

    @Test("Rows of any kind, in any order, are judged without end")
    func anyRows() {
        var generator = SplitMix64(seed: 7)
        let scenes = VerdictScene.all.flatMap(\.rows)
        for _ in 0..<200 {
            var rows = (0..<60).compactMap { _ in scenes.randomElement(using: &generator) }
            for index in rows.indices {
                rows[index].position = Int64(index) + 1
                rows[index].header.ordinal = .random(in: -1...70, using: &generator)
                rows[index].header.at = .random(in: .min ... .max, using: &generator)
                rows[index].header.detail = .random(in: .min ... .max, using: &generator)
                rows[index].header.kind = .random(in: 0...20, using: &generator)
                let row = rows[index]
                rows[index].checksum = row.header.checksum(over: row.body.span)
            }
            let verdicts = judge(rows)
            #expect(verdicts.allSatisfy { !$0.evidence.isEmpty && !$0.words.isEmpty })
        }
    }

    @Test("What becomes of finished connections is forgotten, late deliveries are still heard")
    func manyConnections() {
        var fold = VerdictFold()
        var counts: [VerdictName: Int] = [:]
        var position: Int64 = 0
        let count: Int64 = 10_000
        for number in 1...count {
            var gateway = RecordedGateway()
            gateway.open(number, "new_\(number)")
            gateway.turn(number, RecordedGateway.info("abc-\(number)"))
            gateway.closeFrame(number)
            for row in gateway.rows {
                position += 1
                fold.take(position: position, row.header, checksum: row.checksum, row.body.span)
            }
            for verdict in fold.takeNew() { counts[verdict.name, default: 0] += 1 }
        }
        #expect(counts == [.bound: Int(count)])
        #expect(!fold.knows(1))
        #expect(fold.connections == count)
    }
}
