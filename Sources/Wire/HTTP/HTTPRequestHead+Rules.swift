extension HTTPRequestHead {
    /// Whether the client waits for 100 Continue before it sends the body (RFC 9110 §10.1.1).
    public var expectsContinue: Bool {
        version == .http11 && hasToken("100-continue", in: "Expect")
    }

    /// Whether the target is of one of the four forms (RFC 9112 §3.2), and of one that the method
    /// may have.
    var hasTargetOfKnownForm: Bool {
        if method == "CONNECT" { return target.utf8.allSatisfy(HTTPSyntax.isAuthority) }
        if target.utf8.first == ASCII.slash { return true }
        if target == "*" { return method == "OPTIONS" }
        return ["http://", "https://"].contains { scheme in
            ASCII.equal(target.prefix(scheme.count), scheme)
        }
    }

    /// Exactly one Host in HTTP/1.1, at most one before, and a value that can be one
    /// (RFC 9112 §3.2).
    func checkHost() throws(HTTPViolation) {
        let hosts = values(of: "Host")
        guard let host = hosts.first else {
            if version == .http11 { throw .missingHost }
            return
        }
        guard hosts.count == 1, host.utf8.allSatisfy(HTTPSyntax.isAuthority) else {
            throw .invalidHost
        }
    }
}
