import Testing

@testable import Wire

struct EncodingPercentTests {
    @Test(
        "Decoding",
        arguments: [
            ("", ""), ("new_1234567890", "new_1234567890"), ("a%20b", "a b"), ("a+b", "a+b"),
            ("%d0%9F%D1%80", "Пр"), ("%2F%25", "/%"), ("Привет", "Привет"),
        ]
    )
    func decode(text: String, expected: String) {
        #expect(PercentEncoding.decode(text) == expected)
    }

    @Test(
        "What cannot be decoded, or hides a control character, gives nothing",
        arguments: [
            "%", "%4", "%4g", "a%", "%%41", "%00", "%0A", "%0d", "%7F", "a\nb", "%FF", "%C3",
            "%ED%A0%80", "%C0%AF",
        ]
    )
    func refuse(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }

    @Test(
        "Encoding leaves only unreserved characters",
        arguments: [
            ("abc-._~XYZ019", "abc-._~XYZ019"), ("a b/c?d&e=f+g%", "a%20b%2Fc%3Fd%26e%3Df%2Bg%25"),
            ("Пр", "%D0%9F%D1%80"),
        ]
    )
    func encode(text: String, expected: String) {
        #expect(PercentEncoding.encode(text) == expected)
        #expect(PercentEncoding.decode(expected) == text)
    }

    @Test(
        "Segments of a path",
        arguments: [
            ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("//a", ["", "a"]),
            ("/api/v1/ws/new_1", ["api", "v1", "ws", "new_1"]), ("/a%2Fb/c%20d", ["a/b", "c d"]),
            ("", nil), ("a/b", nil), ("/a/%zz", nil), ("/%00", nil),
        ] as [(String, [String]?)]
    )
    func segments(path: String, expected: [String]?) {
        #expect(HTTPPath.segments(of: path) == expected)
    }

    @Test("A query gives the first value of a name, decoded; bad pairs are left out")
    func query() {
        let query = HTTPQuery("a=1&b=x+y%21&a=2&flag&=v&bad=%zz&%zz=bad&c=1=2&&")
        #expect(query.value(of: "a") == "1")
        #expect(query.value(of: "b") == "x y!")
        #expect(query.value(of: "flag") == "")
        #expect(query.value(of: "") == "v")
        #expect(query.value(of: "c") == "1=2")
        #expect(query.value(of: "bad") == nil)
        #expect(query.value(of: "A") == nil)
        #expect(query.items.count == 6)
        #expect(HTTPQuery(nil).items.isEmpty)
        #expect(HTTPQuery("").items.isEmpty)
    }
}
