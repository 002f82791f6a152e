/// How long a connection waits for requests, in microseconds.
struct RequestPatience {
    /// For the whole of the first request, from the moment the connection is there.
    var request: Int64 = 15_000_000
    /// For the whole of each further one, from the answer before it.
    var idle: Int64 = 75_000_000
}
