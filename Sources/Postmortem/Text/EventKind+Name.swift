import Events

extension EventKind {
    /// The kind's name in outputs and documents, e.g. `chunkReceived`.
    public var name: String { "\(self)" }
}
