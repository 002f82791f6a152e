/// What the program's exit status says.
enum ExitStatus: Int32 {
    /// All is well.
    case fine = 0
    /// Something was found that should not be, or what was looked for is not there.
    case finding = 1
    /// The command line is wrong.
    case usage = 2
    /// The log cannot be read.
    case unreadable = 3
}
