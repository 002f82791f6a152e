/// The character classes of RFC 9110 §5.6 and RFC 3986.
enum HTTPSyntax {
    /// Spaces and tabs (RFC 9110 §5.6.3).
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab
    }

    /// A character of a token (RFC 9110 §5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        // ! # $ % & ' * + - . ^ _ ` | ~
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: ASCII.isAlphanumeric(byte)
        }
    }

    /// A character of a field value (RFC 9110 §5.5): visible, space, tab or above ASCII.
    static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= ASCII.space && byte != ASCII.delete || byte == ASCII.tab
    }

    /// A character of a request target: visible ASCII, and no fragment (RFC 9112 §3.2).
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > ASCII.space && byte < ASCII.delete && byte != 0x23
    }

    /// A character of a host with or without a port (RFC 3986 §3.2.2), an IPv6 literal included.
    static func isAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        // ! $ % & ' ( ) * + , - . : ; = [ ] _ ~
        case 0x21, 0x24...0x2E, 0x3A, 0x3B, 0x3D, 0x5B, 0x5D, 0x5F, 0x7E: true
        default: ASCII.isAlphanumeric(byte)
        }
    }

    /// Whether the text is a token.
    static func isToken(_ text: String) -> Bool {
        isToken(text.utf8.span)
    }

    /// Whether the bytes are a token.
    static func isToken(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where !isToken(bytes[index]) { return false }
        return !bytes.isEmpty
    }
}
