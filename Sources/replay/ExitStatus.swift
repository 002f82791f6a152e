/// What the program's exit status says.
enum ExitStatus: Int32 {
    /// All is well.
    case fine = 0
    /// Something was found that should not be, what was looked for is not there, or what was to be made
    /// cannot be written.
    case finding = 1
    /// The command line is wrong.
    case usage = 2
    /// The log cannot be read.
    case unreadable = 3
}
