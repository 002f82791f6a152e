import Testing

@testable import replay

/// docs/replay.md has all commands of the program, with all options and no others.
@Suite("docs/replay.md")
struct ReplayDocumentTests {
    private static let names = ReplayProgram.commands.map { $0.name }
    /// What is said in examples of options that other programs have, and where a log is named.
    private static let others: Set = ["log", "line-buffered"]

    @Test("Every command has its chapter, with its options", arguments: names)
    func chapter(name: String) throws {
        let command = try #require(ReplayProgram.commands.first { $0.name == name })
        let chapter = try Document("docs/replay.md").chapter(name).joined(separator: "\n")
        #expect(chapter.contains("\n    replay \(name)"))
        let said = Set(chapter.matches(of: /--([a-z]+(-[a-z]+)*)/).map { String($0.output.1) })
        let options = Set(command.syntax.options.map(\.name)).subtracting(["log"])
        #expect(options.subtracting(said) == [], "not said of \(name)")
        #expect(said.subtracting(options).subtracting(Self.others) == [], "no options of \(name)")
        for positional in command.syntax.positionals {
            #expect(chapter.contains(positional.name), "\(positional.name) of \(name)")
        }
    }

    @Test("Every command stands in the table at the top")
    func table() throws {
        let lines = try Document("docs/replay.md").lines.filter { $0.hasPrefix("| [`") }
        let linked = lines.compactMap { $0.firstMatch(of: /\(#([a-z-]+)\)/)?.output.1 }
        #expect(linked.map { String($0) }.sorted() == Self.names.sorted())
    }
}
