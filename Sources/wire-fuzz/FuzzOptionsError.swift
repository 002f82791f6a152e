/// What is wrong with the command line.
enum FuzzOptionsError: Error, CustomStringConvertible {
    case unknownOption(String)
    case missingValue(String)
    case notANumber(String, String)
    case unknownParser(String)

    var description: String {
        switch self {
        case .unknownOption(let option): "unknown option \(option)"
        case .missingValue(let option): "\(option) needs a value"
        case .notANumber(let option, let text): "\(option) needs a number, not \(text)"
        case .unknownParser(let name): "unknown parser \(name)"
        }
    }
}
