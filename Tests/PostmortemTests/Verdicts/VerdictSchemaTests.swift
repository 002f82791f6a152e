import Foundation
import Postmortem
import Testing

@Suite("schema/replay: explain and scan")
struct VerdictSchemaTests {
    private static func schema(_ name: String) throws -> [String: Any] {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("schema/replay/\(name).schema.json")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        return try #require(json as? [String: Any])
    }

    private static func verdict() throws -> [String: Any] {
        let properties = try schema("explain")["properties"] as? [String: Any]
        return try #require(properties)
    }

    @Test("The names are those of the program")
    func names() throws {
        let verdict = try Self.verdict()["verdict"] as? [String: Any]
        #expect(verdict?["enum"] as? [String] == VerdictName.allCases.map(\.rawValue))
        let side = try Self.verdict()["side"] as? [String: Any]
        #expect(side?["enum"] as? [String] == FaultSide.allCases.map(\.rawValue))
        let severity = try Self.verdict()["severity"] as? [String: Any]
        #expect(severity?["enum"] as? [String] == VerdictSeverity.allCases.map(\.rawValue))
    }

    @Test("Every verdict has the members of the schema and no others", arguments: VerdictScene.all)
    func members(_ scene: VerdictScene) throws {
        let known = Set(try Self.verdict().keys)
        let required = Set(try #require(try Self.schema("explain")["required"] as? [String]))
        for verdict in judge(scene.rows) {
            let json = try JSONSerialization.jsonObject(with: Data(verdict.json)) as? [String: Any]
            let members = Set(try #require(json).keys)
            #expect(members.isSubset(of: known))
            #expect(members.isSuperset(of: required))
        }
    }

    @Test("A scan's verdicts are those of explain")
    func scan() throws {
        let parts = try #require(try Self.schema("scan")["$defs"] as? [String: Any])
        let verdict = try #require(parts["verdict"] as? [String: Any])
        let properties = try #require(verdict["properties"] as? [String: Any])
        #expect(NSDictionary(dictionary: properties).isEqual(to: try Self.verdict()))
    }
}
