import Session

extension LogLine {
    /// Appends the line and its LF.
    func append(in format: LogFormat, at time: Int64, to output: inout [UInt8]) {
        switch format {
        case .text: appendText(to: &output)
        case .json: appendJSON(at: time, to: &output)
        }
        output.append(UInt8(ascii: "\n"))
    }

    private func appendText(to output: inout [UInt8]) {
        output.append(contentsOf: level.name.utf8)
        output.append(contentsOf: ": [".utf8)
        LogText.append(id, in: .text, to: &output)
        output.append(contentsOf: "] ".utf8)
        LogText.append(message, in: .text, to: &output)
    }

    private func appendJSON(at time: Int64, to output: inout [UInt8]) {
        output.append(contentsOf: #"{"time":""#.utf8)
        LogTime.append(time, to: &output)
        output.append(contentsOf: #"","level":""#.utf8)
        output.append(contentsOf: level.name.utf8)
        output.append(contentsOf: #"","id":""#.utf8)
        LogText.append(id, in: .json, to: &output)
        output.append(contentsOf: #"","message":""#.utf8)
        LogText.append(message, in: .json, to: &output)
        output.append(contentsOf: #""}"#.utf8)
    }
}
