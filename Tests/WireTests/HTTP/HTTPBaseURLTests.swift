import Testing

@testable import Wire

struct HTTPBaseURLTests {
    /// Text; scheme, host, port, base path, and what goes into Host.
    @Test(
        "URLs that are read",
        arguments: [
            ("http://localhost:8001", .http, "localhost", 8001, "", "localhost:8001"),
            ("http://localhost", .http, "localhost", 80, "", "localhost"),
            ("HTTP://a.b-c_d/", .http, "a.b-c_d", 80, "", "a.b-c_d"),
            ("https://auth.local", .https, "auth.local", 443, "", "auth.local"),
            ("https://a:80/x", .https, "a", 80, "/x", "a:80"),
            ("http://a:80/base/path/", .http, "a", 80, "/base/path", "a"),
            ("http://127.0.0.1:65535//", .http, "127.0.0.1", 65535, "", "127.0.0.1:65535"),
            ("http://[::1]:8001/a", .http, "::1", 8001, "/a", "[::1]:8001"),
            ("http://[fe80::1:2]", .http, "fe80::1:2", 80, "", "[fe80::1:2]"),
            ("http://[::ffff:1.2.3.4]", .http, "::ffff:1.2.3.4", 80, "", "[::ffff:1.2.3.4]"),
        ] as [(String, HTTPBaseURL.Scheme, String, UInt16, String, String)]
    )
    func read(
        text: String,
        scheme: HTTPBaseURL.Scheme,
        host: String,
        port: UInt16,
        basePath: String,
        authority: String
    ) throws {
        let url = try HTTPBaseURL(text)
        #expect(url.scheme == scheme)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.basePath == basePath)
        #expect(url.authority == authority)
    }

    @Test(
        "URLs that are refused",
        arguments: [
            ("", .noScheme), ("localhost:8001", .noScheme), ("//host", .noScheme),
            ("http:/host", .noScheme), ("ftp://host", .unknownScheme("ftp")),
            ("://host", .unknownScheme("")), ("http://", .invalidHost), ("http:///a", .invalidHost),
            ("http://:80", .invalidHost), ("http://a:", .invalidPort), ("http://a:0", .invalidPort),
            ("http://a:65536", .invalidPort), ("http://a:-1", .invalidPort),
            ("http://a:+80", .invalidPort), ("http://a:8o", .invalidPort),
            ("http://a:1:2", .invalidPort), ("http://u:p@a", .userInformation),
            ("http://a@b/", .userInformation), ("http://a?b", .queryOrFragment),
            ("http://a/b?c", .queryOrFragment), ("http://a#b", .queryOrFragment),
            ("http://[::1", .invalidHost), ("http://[]", .invalidHost),
            ("http://[::g]", .invalidHost), ("http://[::1]x", .invalidHost),
            ("http://[1.2.3.4]", .invalidHost), ("http://::1", .invalidHost),
            ("http://a b", .invalidCharacter), ("http://a\r\n", .invalidCharacter),
            ("http://пример", .invalidCharacter), ("http://a%20b", .invalidHost),
        ] as [(String, HTTPBaseURLError)]
    )
    func refuse(text: String, error: HTTPBaseURLError) {
        #expect(throws: error) { try HTTPBaseURL(text) }
        #expect(!"\(error)".isEmpty)
    }
}
