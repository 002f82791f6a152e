import Wire

/// The outcome of all checks, as it is printed.
struct CheckReport {
    let results: [CheckResult]

    /// Whether every check passed.
    var passed: Bool { results.allSatisfy(\.passed) }

    /// One line for each check and one for all.
    var lines: String {
        var lines = results.enumerated().map { index, result in
            let note = result.fault ?? result.detail
            return "\(result.passed ? "✓" : "✗") \(index + 1). \(result.name)"
                + (note.isEmpty ? "" : ": \(note)")
        }
        lines.append("\(results.count(where: \.passed)) of \(results.count) checks passed")
        return lines.joined(separator: "\n")
    }

    /// The same as one JSON object: `passed`, and `checks` with `name`, `passed` and `note`.
    var json: String {
        var output = Array(#"{"passed":\#(passed),"checks":["#.utf8)
        for (index, result) in results.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output += Array(#"{"number":\#(index + 1),"name":"#.utf8)
            JSONString.appendQuoted(result.name, to: &output)
            output += Array(#","passed":\#(result.passed),"note":"#.utf8)
            JSONString.appendQuoted(result.fault ?? result.detail, to: &output)
            output.append(UInt8(ascii: "}"))
        }
        output += Array("]}".utf8)
        return String(decoding: output, as: UTF8.self)
    }
}
