import IOLoop

/// What the command line says: `PORT [--host ADDRESS]`.
struct EchoOptions {
    /// What is wrong with the command line.
    struct UsageError: Error {
        let reason: String
    }

    /// Where to listen; port 0 lets the system choose.
    let address: SocketAddress

    init(_ arguments: [String]) throws(UsageError) {
        var host = "127.0.0.1"
        var port: UInt16?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--host" {
                guard let value = rest.popFirst() else {
                    throw UsageError(reason: "--host needs an address")
                }
                host = value
            } else if port == nil, let number = UInt16(argument) {
                port = number
            } else {
                throw UsageError(reason: "unexpected argument: \(argument)")
            }
        }
        guard let port else { throw UsageError(reason: "the port is missing") }
        guard let address = SocketAddress(numeric: host, port: port) else {
            throw UsageError(reason: "not a numeric address: \(host)")
        }
        self.address = address
    }
}
