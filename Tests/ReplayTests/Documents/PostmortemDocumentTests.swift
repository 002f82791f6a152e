import Foundation
import Testing

@testable import replay

/// What docs/postmortem.md shows is what comes of its commands.
@Suite("docs/postmortem.md")
struct PostmortemDocumentTests {
    private static let runs = (try? Document("docs/postmortem.md")).map(ShownRun.all) ?? []
    private static let bundles = "Tests/Fixtures/incidents/"

    /// `$ echo $?` shows the exit status of the command before it.
    @Test("Every command prints what is shown below it", arguments: runs)
    func printsWhatIsShown(shown: ShownRun) throws {
        var status: ReplayStatus?
        for command in shown.commands {
            if command.words == ["echo", "$?"] {
                #expect(command.output == "\(try #require(status).rawValue)\n")
                continue
            }
            try #require(command.words.first == "replay", "\(command.words)")
            let arguments = command.words.dropFirst().map { word in
                word.hasPrefix(Self.bundles) ? Document.repository + word : word
            }
            let run = try ReplayRun(arguments)
            let output = run.output.replacing(Document.repository, with: "")
            #expect(output == command.output, "\(arguments)")
            #expect(run.errors == "")
            status = run.status
        }
    }

    @Test("It shows three incidents at least, each explained and verified")
    func showsIncidents() {
        func shown(_ name: String) -> Set<String> {
            let commands = Self.runs.flatMap(\.commands).filter { $0.words.contains(name) }
            return Set(commands.flatMap(\.words).filter { $0.hasPrefix(Self.bundles) })
        }
        #expect(shown("explain").count >= 3)
        #expect(shown("verify").isSuperset(of: shown("explain")))
    }

    @Test("Every incident it names is there")
    func namesIncidents() throws {
        let text = try Document("docs/postmortem.md").lines.joined(separator: "\n")
        let names = text.matches(of: /incidents\/([a-z0-9-]+)\.bundle/).map { String($0.output.1) }
        #expect(!names.isEmpty)
        for name in names {
            let path = Document.repository + Self.bundles + name + ".bundle"
            #expect(FileManager.default.fileExists(atPath: path), "\(name)")
        }
    }
}
