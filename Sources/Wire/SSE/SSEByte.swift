/// The bytes that have a meaning in an event stream (WHATWG HTML §9.2.5).
enum SSEByte {
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
}
