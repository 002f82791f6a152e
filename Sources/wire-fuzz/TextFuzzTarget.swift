import SeededNumbers
import Wire

/// What is read from settings and paths: base URLs, percent-encoding, base64, queries.
struct TextFuzzTarget: FuzzTarget {
    static let name = "text"

    static let samples = [
        "http://localhost:8001/base/path", "https://[::1]:443", "HTTP://example.org/",
        "/api/v1/ws/new_%D0%9F%20x", "limit=100&session_id=a%2Bb+c&x", "dGhlIHNhbXBsZSBub25jZQ==",
    ].map { Array($0.utf8) }

    static let interestingBytes: [UInt8] =
        Array(":/[]@?#%&=+.-_0aF9zZ\0\n".utf8) + [0x7F, 0x80, 0xFF]

    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let text = input.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        if let decoded = PercentEncoding.decode(text),
            PercentEncoding.decode(PercentEncoding.encode(decoded)) != decoded
        {
            return .mismatch("encoding and decoding differ")
        }
        if let bytes = Base64.decode(text), Base64.encode(bytes.span) != text {
            return .mismatch("base64 has two forms of one value")
        }
        _ = HTTPPath.segments(of: text)
        _ = HTTPQuery(text).value(of: "limit")
        do throws(HTTPBaseURLError) {
            let url = try HTTPBaseURL(text)
            return url.port == 0 ? .mismatch("a URL without a port") : .value
        } catch {
            return .violation
        }
    }
}
