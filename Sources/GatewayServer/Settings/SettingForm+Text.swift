import IOLoop
import Wire

extension SettingForm where Value == Bool {
    /// The words that people use for yes and no, in any case.
    static var boolean: Self {
        Self(values: "true or false (also 1/0, yes/no, on/off)") { (text) throws(InvalidSetting) in
            switch text.lowercased() {
            case "true", "1", "yes", "on": return true
            case "false", "0", "no", "off": return false
            default: throw InvalidSetting()
            }
        } render: { value in
            value ? "true" : "false"
        }
    }
}

extension SettingForm where Value == String {
    /// A text without control characters.
    static var text: Self {
        checked("a text without control characters") { text throws(InvalidSetting) in
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw InvalidSetting()
            }
        }
    }

    /// A text that can be the value of an HTTP field as it is (RFC 9110 §5.5).
    static var key: Self {
        let values = "1 to 1024 visible ASCII characters without spaces"
        return checked(values) { text throws(InvalidSetting) in
            guard 1...1024 ~= text.utf8.count, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
                throw InvalidSetting()
            }
        }
    }

    /// An address that needs no resolution.
    static var numericHost: Self {
        checked("an IPv4 or IPv6 address in numbers") { text throws(InvalidSetting) in
            guard SocketAddress(numeric: text, port: 0) != nil else { throw InvalidSetting() }
        }
    }

    private static func checked(
        _ values: String,
        _ check: @escaping @Sendable (String) throws(InvalidSetting) -> Void
    ) -> Self {
        Self(values: values) { (text) throws(InvalidSetting) in
            try check(text)
            return text
        } render: { text in
            text
        }
    }
}

extension SettingForm where Value == HTTPBaseURL {
    /// The URL of a server, plain or with TLS.
    static var serverURL: Self {
        Self(values: "an http:// or https:// URL") { (text) throws(InvalidSetting) in
            try url(text)
        } render: { url in
            url.text
        }
    }

    /// The URL of a server that is spoken to without TLS.
    static var plainURL: Self {
        Self(values: "an http:// URL") { (text) throws(InvalidSetting) in
            let url = try url(text)
            guard url.scheme == .http else { throw InvalidSetting(reason: noTLS) }
            return url
        } render: { url in
            url.text
        }
    }

    /// Why a URL with TLS is of no use, and what to do.
    static var noTLS: String {
        "the gateway does not speak TLS; give the http:// address within the network, or that of a proxy "
            + "that speaks TLS to the other side"
    }

    private static func url(_ text: String) throws(InvalidSetting) -> HTTPBaseURL {
        do throws(HTTPBaseURLError) {
            return try HTTPBaseURL(text)
        } catch {
            throw InvalidSetting(reason: error.description)
        }
    }
}
