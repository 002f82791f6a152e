import Wire

/// The body of ``EventKind/gatewayStarted``.
public struct GatewayStarted {
    private var writer = JSONObjectWriter()

    /// A start of that version with those settings, secrets masked.
    public init(version: String, settings: [(String, String)]) {
        writer.add("version", version)
        writer.add("settings", settings)
    }

    /// The stored form, a JSON object.
    public var body: [UInt8] { writer.bytes }
}
