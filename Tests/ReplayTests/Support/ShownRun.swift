import Testing

/// A block of a page that begins with a command of replay: commands that are run one after the other.
struct ShownRun: CustomTestStringConvertible, Sendable {
    let commands: [ShownCommand]
    let testDescription: String

    /// Those of a page.
    static func all(in document: Document) -> [ShownRun] {
        document.blocks.filter { $0.text.first?.hasPrefix("$ replay ") == true }.map { block in
            let starts = block.text.indices.filter { block.text[$0].hasPrefix("$ ") }
            let ends = starts.dropFirst() + [block.text.count]
            let commands = zip(starts, ends).map { start, end in
                ShownCommand(
                    String(block.text[start].dropFirst(2)),
                    output: block.text[(start + 1)..<end]
                )
            }
            return ShownRun(commands: commands, testDescription: "line \(block.line)")
        }
    }
}
