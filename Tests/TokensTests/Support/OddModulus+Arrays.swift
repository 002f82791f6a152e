@testable import Tokens

// `#expect` cannot capture a span: these forms take what owns the bytes.

extension OddModulus {
    init?(_ bytes: [UInt8]) { self.init(bytes.span) }

    func power(_ base: [UInt8], _ exponent: [UInt8]) -> [UInt8]? {
        power(base.span, exponent.span)
    }
}

extension [UInt64] {
    init(bigEndian bytes: [UInt8]) { self.init(bigEndian: bytes.span) }
}
