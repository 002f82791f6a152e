import Glibc

/// What bytes are searched for: a text as it stands, or a POSIX extended regular expression as with
/// `grep -E`. Bytes may hold NUL, and need not be UTF-8: a character that is no ASCII is its bytes.
///
/// `^` and `$` also match at line ends, and `.` and lists with `^` match none. For one thread at a time.
public final class BytePattern {
    /// Why a text is no regular expression, in the words of the C library.
    public struct Violation: Error, Equatable, CustomStringConvertible {
        /// The library's words.
        public var description: String
    }

    private let literal: ByteSearch
    /// Nil: the pattern is the literal.
    private let expression: UnsafeMutablePointer<regex_t>?

    /// Characters that mean something else than themselves.
    private static let special = Set(#"\.[](){}*+?|^$"#.utf8)

    /// Compiles a pattern.
    ///
    /// - Parameter ignoresCase: whether ASCII letters match those of the other case.
    public init(_ pattern: String, ignoresCase: Bool = false) throws(Violation) {
        let bytes = Array(pattern.utf8)
        literal = ByteSearch(bytes)
        if bytes.contains(0) { throw Violation(description: "a NUL byte") }
        if !ignoresCase, !bytes.contains(where: { Self.special.contains($0) }) {
            expression = nil
            return
        }
        let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
        compiled.initialize(to: regex_t())
        let flags = REG_EXTENDED | REG_NEWLINE | (ignoresCase ? REG_ICASE : 0)
        let code = regcomp(compiled, pattern, flags)
        guard code == 0 else {
            defer { compiled.deallocate() }
            throw Violation(description: Self.words(code, compiled))
        }
        expression = compiled
    }

    deinit {
        guard let expression else { return }
        regfree(expression)
        expression.deallocate()
    }

    /// Whether the pattern is somewhere in the bytes. What the library cannot search, for lack of memory or
    /// because it is longer than 2 GiB, has no match.
    public func matches(_ bytes: Span<UInt8>) -> Bool {
        guard let expression else { return literal.isIn(bytes) }
        return bytes.withUnsafeBufferPointer { buffer in
            guard let end = regoff_t(exactly: buffer.count) else { return false }
            var range = regmatch_t(rm_so: 0, rm_eo: end)
            return withUnsafeBytes(of: 0 as UInt8) { empty in
                let start = UnsafeRawPointer(buffer.baseAddress) ?? empty.baseAddress
                guard let text = start?.assumingMemoryBound(to: CChar.self) else { return false }
                return regexec(expression, text, 1, &range, REG_STARTEND) == 0
            }
        }
    }

    private static func words(_ code: Int32, _ expression: UnsafeMutablePointer<regex_t>) -> String
    {
        var text = [CChar](repeating: 0, count: 256)
        let length = regerror(code, expression, &text, text.count)
        return String(
            decoding: text.prefix(max(0, min(length, text.count) - 1)).map {
                UInt8(bitPattern: $0)
            },
            as: UTF8.self
        )
    }
}
