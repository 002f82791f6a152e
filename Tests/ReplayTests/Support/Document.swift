import Foundation

/// A page of documentation, as it lies in the repository.
struct Document {
    /// The folder of the repository, with a slash at its end.
    static let repository =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        + "/"

    let lines: [String]

    /// `path`: from the folder of the repository.
    init(_ path: String) throws {
        let text = try String(contentsOfFile: Self.repository + path, encoding: .utf8)
        lines = text.components(separatedBy: "\n")
    }

    /// The lines of the chapter with this title, up to the next one; empty when there is none.
    func chapter(_ title: String) -> [String] {
        guard let begin = lines.firstIndex(of: "## \(title)") else { return [] }
        return Array(lines[(begin + 1)...].prefix { !$0.hasPrefix("## ") })
    }

    /// What stands between fences, each block with the number of its first line, from 1.
    var blocks: [(line: Int, text: [String])] {
        var blocks: [(line: Int, text: [String])] = []
        var isOpen = false
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                isOpen.toggle()
                if isOpen { blocks.append((index + 2, [])) }
            } else if isOpen {
                blocks[blocks.count - 1].text.append(line)
            }
        }
        return blocks
    }
}
